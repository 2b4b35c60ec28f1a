package io.messagerelay.consumer.app;

import java.time.Duration;

/** How long stopping may take. Almost all of it is for the store; the rest sends the answers. */
record Drain(Duration timeout) {
  Duration forAnswers() {
    return timeout.dividedBy(10);
  }

  Duration forIntake() {
    return timeout.minus(forAnswers());
  }
}
