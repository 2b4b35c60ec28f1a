package io.messagerelay.propagator.management;

import io.messagerelay.propagator.delivery.Delivery;
import io.messagerelay.propagator.spool.Settlement;
import java.util.Locale;

/** What came of a request with events. */
enum Result {
  /** All of them are stored. */
  STORED,
  /** It was answered for all of them, and some are refused. */
  REFUSED,
  /** Nothing is known; they are sent again. */
  RETRY,
  /** The consumer takes nothing from anybody now, or gives no token. */
  AWAY,
  /** They are sent again, fewer at a time. */
  TOO_BIG,
  /** Until a person changes a setting. */
  HELD;

  static Result of(Delivery delivery) {
    return switch (delivery) {
      case Delivery.Answered(var settlements) ->
          settlements.stream().anyMatch(Settlement.Dead.class::isInstance) ? REFUSED : STORED;
      case Delivery.Deferred _ -> RETRY;
      case Delivery.Away _ -> AWAY;
      case Delivery.TooBig _ -> TOO_BIG;
      case Delivery.Held _ -> HELD;
    };
  }

  /** Whether a request was made for sure; the others may have ended at the login. */
  boolean isOfRequest() {
    return switch (this) {
      case STORED, REFUSED, RETRY, TOO_BIG -> true;
      case AWAY, HELD -> false;
    };
  }

  /** As in the label. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
