/** The pages of event-consumer, as a person sees them. */
@org.jspecify.annotations.NullMarked
package io.messagerelay.browser;
