package io.messagerelay.propagator.delivery;

import io.messagerelay.propagator.spool.SpooledEvent;
import java.util.List;

/**
 * How many of a lane's oldest events go in one request: as many as it may, fewer after a refusal of
 * too many, doubled with each that is answered, and only some of those of which one is to blame.
 * Used by one thread.
 */
final class Portion {
  /** In one request, but for a single event that is larger. */
  static final long BYTES = 512 * 1024;

  private final int most;
  private final Suspects suspects = new Suspects();
  private int usual;

  /**
   * @param most of the lane
   */
  Portion(int most) {
    this.most = most;
    this.usual = most;
  }

  int next() {
    return suspects.next(usual);
  }

  /**
   * How many go behind those that are under way, in case they are answered. None when these had
   * room left: what comes later goes with what follows it.
   */
  int behind(List<SpooledEvent> current) {
    long bytes = current.stream().mapToLong(event -> event.body().length).sum();
    boolean isFull = current.size() == usual || bytes > BYTES / 2;
    return isFull && !suspects.areThere() ? grown() : 0;
  }

  private int grown() {
    return Math.min(usual * 2, most);
  }

  void answered(int events) {
    suspects.passed(events);
    usual = grown();
  }

  /** The same events again, fewer at a time, until the one that is to blame stands alone. */
  void tooBig(int events, String cause) {
    if (events == 1) {
      throw new IllegalStateException("one event cannot be a batch too big: " + cause);
    }
    usual = events / 2;
  }

  /** One that was to blame has left; its neighbours are often of its kind. */
  void blamed() {
    suspects.passed(1);
    usual = 1;
  }

  /** Which of them is to blame when they fail. */
  Suspects suspects() {
    return suspects;
  }
}
