package io.messagerelay.consumer.app;

import io.messagerelay.consumer.intake.Intake;
import io.messagerelay.consumer.intake.IntakeResult;
import io.messagerelay.consumer.intake.IntakeResult.Committed;
import io.messagerelay.contract.Event;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** An intake of which it is measured how long requests wait in it for their commit. */
final class MeteredIntake implements Intake {
  /** In milliseconds; what takes longer is in the last one, which has no end. */
  private static final int[] BUCKETS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000};

  private final Intake intake;
  private final Timer acceptToCommit;

  MeteredIntake(Intake intake, MeterRegistry meters) {
    this.intake = intake;
    this.acceptToCommit =
        Timer.builder("message.relay.accept.to.commit")
            .description("Time from the acceptance of a request's events to their commit")
            .serviceLevelObjectives(
                Arrays.stream(BUCKETS).mapToObj(Duration::ofMillis).toArray(Duration[]::new))
            .register(meters);
  }

  @Override
  public Optional<IntakeResult.Deferred> refusal() {
    return intake.refusal();
  }

  @Override
  public CompletionStage<IntakeResult> submit(List<Event> events) {
    return intake.submit(events).thenApply(this::measured);
  }

  private IntakeResult measured(IntakeResult result) {
    if (result instanceof Committed(var _, var waited)) {
      acceptToCommit.record(waited);
    }
    return result;
  }
}
