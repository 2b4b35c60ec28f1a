package io.messagerelay.propagator.source.outbox;

/**
 * How many rows are asked for. Fewer after some were too large to be taken together, so that the
 * server does not send again and again what is not read. Used by one thread.
 */
final class Room {
  private static final int MOST = 1_000;

  private int rows = MOST;

  /** How many of these to ask for. */
  int of(int atMost) {
    return Math.min(atMost, rows);
  }

  /** Only so many could be taken together. */
  void wasCutAt(int taken) {
    rows = taken;
  }

  /** All that came could. */
  void sufficed() {
    rows = Math.min(2 * rows, MOST);
  }
}
