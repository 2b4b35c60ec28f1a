/**
 * What became of events, as spans for a collector of OpenTelemetry traces. Off until one is named.
 */
@org.jspecify.annotations.NullMarked
package io.messagerelay.base.trace;
