package io.messagerelay.propagator.spool;

/**
 * What became of everything that was taken: {@code taken = delivered + duplicate + dead + discarded
 * + pending}, at every moment.
 *
 * @param taken items that were let go by their source
 * @param delivered stored by the consumer
 * @param duplicate known to the consumer before
 * @param dead refused, and kept with the reason
 * @param discarded dead letters that a person threw away
 * @param pending waiting for delivery
 * @param bytes of the bodies that are kept, dead letters included
 */
public record Books(
    long taken,
    long delivered,
    long duplicate,
    long dead,
    long discarded,
    long pending,
    long bytes) {

  public boolean balanced() {
    return taken == delivered + duplicate + dead + discarded + pending;
  }

  /** What counts against the bound of the spool. */
  public long keptBytes() {
    return bytes + (pending + dead) * Spool.OVERHEAD_BYTES;
  }
}
