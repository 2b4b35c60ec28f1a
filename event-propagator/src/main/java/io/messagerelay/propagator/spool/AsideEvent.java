package io.messagerelay.propagator.spool;

import java.time.Instant;

/**
 * An event that was set aside and is being attempted.
 *
 * @param since when it was set aside
 * @param failures how often it has failed since, while the consumer was there; 0 or more
 * @param cause what it failed of last, for a person
 */
public record AsideEvent(SpooledEvent event, Instant since, int failures, String cause) {

  /** It failed once more. */
  public AsideEvent failed(String why) {
    return new AsideEvent(event, since, failures + 1, why);
  }
}
