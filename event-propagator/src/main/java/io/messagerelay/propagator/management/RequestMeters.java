package io.messagerelay.propagator.management;

import io.messagerelay.propagator.delivery.Delivery;
import io.messagerelay.propagator.spool.Settlement;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Counts and times of requests with events, and of events until they are stored. Shared by lanes.
 */
final class RequestMeters {
  /** The upper bounds of the histograms; what took longer is beyond. */
  private static final Duration[] BUCKETS =
      Stream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 600_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final Map<Result, Counter> requests = new EnumMap<>(Result.class);
  private final Timer request;
  private final Timer takeToStored;

  /**
   * @param tags of each
   */
  RequestMeters(MeterRegistry registry, Tags tags) {
    for (Result result : Result.values()) {
      requests.put(
          result,
          Counter.builder("message.relay.requests")
              .description("Requests with events by what came of them")
              .tags(tags.and("result", result.toString()))
              .register(registry));
    }
    request =
        timer("message.relay.request", "Time of a request until its answer was read")
            .tags(tags)
            .register(registry);
    takeToStored =
        timer(
                "message.relay.take.to.stored",
                "From the take into the spool until the answer that the event is stored was read")
            .tags(tags)
            .register(registry);
  }

  private static Timer.Builder timer(String name, String description) {
    return Timer.builder(name).description(description).serviceLevelObjectives(BUCKETS);
  }

  /**
   * The answer to a request was read, or it was found out that there is none.
   *
   * @param took since it was sent
   * @param now the time of day
   */
  void count(Delivery delivery, Duration took, Instant now) {
    Result result = Result.of(delivery);
    Objects.requireNonNull(requests.get(result)).increment();
    if (result.isOfRequest()) {
      request.record(took);
    }
    if (delivery instanceof Delivery.Answered(var settlements)) {
      settlements.forEach(settlement -> count(settlement, now));
    }
  }

  private void count(Settlement settlement, Instant now) {
    if (!(settlement instanceof Settlement.Dead)) {
      takeToStored.record(Duration.between(settlement.event().taken(), now));
    }
  }
}
