package io.messagerelay.propagator.spool;

/**
 * How much a spool may take.
 *
 * @param maxBytes the most that is kept: bodies, dead letters included, and {@link
 *     Spool#OVERHEAD_BYTES} for each
 * @param minFreeBytes what is left of the disk at least; less, and nothing is taken
 */
public record SpoolLimits(long maxBytes, long minFreeBytes) {}
