package io.messagerelay.propagator.source.outbox;

import org.jspecify.annotations.Nullable;

/**
 * Says where the next look at the table begins. A row may be committed after one with a higher key,
 * so only a look over all of them finds every row. But that walks over the rows removed before as
 * long as the server has not cleared them away, which an old transaction of anybody may hold up for
 * hours. So the dearer such a look was, the longer the next ones begin above the mark, the highest
 * key seen. Used by one thread.
 */
final class Looks {
  /** Looks over all rows take one part in so many of the time, */
  private static final int SHARE = 10;

  /** but no row waits for one longer than this. */
  private static final long LONGEST_NANOS = 1_000_000_000L;

  private @Nullable String mark;
  private long nextOverAll;
  private boolean overAllIsDue = true;

  /** The highest key seen; {@code null} before the first. */
  @Nullable String mark() {
    return mark;
  }

  /** Whether the next look is one over all rows. */
  boolean isOverAll(long now) {
    return overAllIsDue || mark == null || now - nextOverAll >= 0;
  }

  /** A look over all rows took from one time to the other. */
  void tookOverAll(long from, long to) {
    nextOverAll = to + Math.min((to - from) * SHARE, LONGEST_NANOS);
    overAllIsDue = false;
  }

  /**
   * A look gave rows.
   *
   * @param last of them
   * @param cut whether there may be more
   */
  void saw(Row last, boolean cut) {
    if (mark == null || last.aboveMark()) {
      mark = last.key();
    } else {
      overAllIsDue = cut;
    }
  }

  /** Others may have worked since: knows nothing. */
  void reset() {
    mark = null;
    overAllIsDue = true;
  }
}
