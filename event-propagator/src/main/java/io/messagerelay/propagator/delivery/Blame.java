package io.messagerelay.propagator.delivery;

import java.time.Duration;
import java.util.Optional;

/**
 * Tells an event on which the consumer fails from a consumer that fails: by whether others pass.
 * When nothing has passed since an event failed first, only trying others can tell: some events are
 * blamed soon then, further ones after many failures, and none when the consumer asked for time.
 * Guarded by whoever owns it.
 */
final class Blame {
  private static final int FAILURES = 3;
  private static final int SOON = 4;
  private static final int FAILURES_OF_MORE = 20;

  private long answers;
  private int blamed;

  /** A request was answered. */
  void answered() {
    answers++;
    blamed = 0;
  }

  long answers() {
    return answers;
  }

  /**
   * Whether it is the event's fault that it fails.
   *
   * @param failuresAlone how often it has failed alone, in a row
   * @param answersBefore {@link #answers} when it failed first
   * @param retryAfter what the consumer asked for with the last failure
   */
  boolean fallsOnEvent(int failuresAlone, long answersBefore, Optional<Duration> retryAfter) {
    boolean othersPass = answers > answersBefore;
    int enough = othersPass || blamed < SOON ? FAILURES : FAILURES_OF_MORE;
    boolean falls = failuresAlone >= enough && (othersPass || retryAfter.isEmpty());
    blamed += falls ? 1 : 0;
    return falls;
  }
}
