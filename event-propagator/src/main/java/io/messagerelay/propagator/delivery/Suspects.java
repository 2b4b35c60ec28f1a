package io.messagerelay.propagator.delivery;

/**
 * Finds the event of which a lane's batches fail. A batch that fails is tried once more as it is,
 * in case it was the consumer's fault; when that fails too, half of it goes alone. What passes is
 * cleared, and the other half is to blame; what fails is halved again, until one stands alone. Used
 * by one thread.
 */
final class Suspects {
  /** A failure may be chance, and one that comes again has a cause. */
  private static final int TRIES = 2;

  private int suspected;
  private int failures;
  private int failuresAlone;
  private long since;

  /** How many of the lane's oldest events to send, of at most so many. */
  int next(int most) {
    if (suspected == 0) {
      return most;
    }
    return Math.min(most, failures < TRIES ? suspected : Math.max(1, suspected / 2));
  }

  /**
   * So many of the oldest events have failed together.
   *
   * @param moment kept with the first failure
   * @return whether that says more than was known: these are fewer than were suspected
   */
  boolean failed(int events, long moment) {
    boolean narrows = events < suspected;
    since = suspected == 0 ? moment : since;
    suspected = events;
    failures++;
    failuresAlone = events == 1 ? failuresAlone + 1 : 0;
    return narrows;
  }

  /** Nothing is to be said against so many of the oldest events. */
  void passed(int events) {
    suspected = Math.max(0, suspected - events);
    failuresAlone = 0;
    if (suspected == 0) {
      failures = 0;
    }
  }

  boolean areThere() {
    return suspected > 0;
  }

  /** The moment of the first failure. */
  long since() {
    return since;
  }

  /** How often the oldest event has failed alone, in a row. */
  int failuresAlone() {
    return failuresAlone;
  }
}
