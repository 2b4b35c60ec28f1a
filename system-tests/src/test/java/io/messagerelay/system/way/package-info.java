/**
 * What stands between event-propagator and event-consumer in a proof with faults: a gateway over
 * real sockets that fails, and lies, by a plan.
 */
@org.jspecify.annotations.NullMarked
package io.messagerelay.system.way;
