/** The way of each event as spans of its trace. */
@org.jspecify.annotations.NullMarked
package io.messagerelay.propagator.trace;
