package io.messagerelay.propagator.app;

import io.messagerelay.propagator.delivery.Pace;
import io.messagerelay.propagator.loop.Step;
import io.messagerelay.propagator.spool.PaceFile;
import java.time.Duration;

/** Keeps for {@code status} at what pace events are delivered, as it is once a second. */
record PaceReport(Pace pace, PaceFile file) implements Step {
  private static final Duration EVERY = Duration.ofSeconds(1);

  @Override
  public Duration run() {
    file.keep(pace.look());
    return EVERY;
  }
}
