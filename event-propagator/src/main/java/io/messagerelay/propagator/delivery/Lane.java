package io.messagerelay.propagator.delivery;

/**
 * One of the ways out of the spool; events in it keep their order.
 *
 * @param number as in {@link io.messagerelay.propagator.spool.Lanes}
 * @param mostEvents the most in one request; 1 where the receiver acknowledges by status
 */
public record Lane(int number, int mostEvents) {
  public Lane {
    if (mostEvents < 1) {
      throw new IllegalArgumentException(
          "events a request: " + mostEvents + "; expected 1 or more");
    }
  }
}
