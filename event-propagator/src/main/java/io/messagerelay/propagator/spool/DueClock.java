package io.messagerelay.propagator.spool;

import java.sql.SQLException;
import java.time.Clock;

/**
 * The clock by which events are due. Should it be set back, what was put off is due at once,
 * instead of as much later. For use in the spool's transactions, and so by one thread at a time.
 */
final class DueClock {
  /** By the index of what was put off; see {@link SpoolSchema}. */
  static final String DUE_NOW = "UPDATE spooled SET due = 0 WHERE due > 0 AND due > ?";

  /** The same for what was set aside. */
  static final String ASIDE_DUE_NOW = "UPDATE set_aside SET due = 0 WHERE due > ?";

  /** What is less is a correction, and changes no delay that matters. */
  private static final long LEAST_MILLIS = 1_000;

  private final SpoolFile file;
  private final Clock clock;

  private long last;

  DueClock(SpoolFile file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  /** Once, for a spool that another run, or another clock, has left. Returns the time. */
  long begin() throws SQLException {
    dueNow(clock.millis() + Spool.LONGEST_DELAY.toMillis());
    return read();
  }

  /** The time, in milliseconds since the epoch. */
  long read() throws SQLException {
    long now = clock.millis();
    if (now < last - LEAST_MILLIS) {
      dueNow(now);
    }
    last = now;
    return now;
  }

  private void dueNow(long after) throws SQLException {
    file.update(DUE_NOW, after);
    file.update(ASIDE_DUE_NOW, after);
  }
}
