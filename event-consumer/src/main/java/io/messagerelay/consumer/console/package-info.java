/** The console at {@code /}: its pages, and how they are served. */
@org.jspecify.annotations.NullMarked
package io.messagerelay.consumer.console;
