package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The consumer is killed under load and is away for half a minute. */
final class OutageIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration AWAY = Duration.ofSeconds(30);
  private static final int EVENTS = 3_000;
  private static final SampleData DATA = SampleData.withoutKeys(EVENTS);

  @RegisterExtension final Site site = new Site();

  @Test
  void everything_is_delivered_in_order_and_once_when_the_consumer_is_back_after_half_a_minute()
      throws IOException {
    site.get().writeData(DATA.json());
    Child consumer = site.get().consumer();
    site.get().awaitReady(consumer, PATIENCE);
    Child propagator =
        site.get()
            .start(
                Service.PROPAGATOR,
                Map.of("SCHEDULER_INTERVAL", "0.01"),
                "run",
                "--limit",
                Integer.toString(EVENTS));
    try (var store = site.get().rows()) {
      Waiting.until("events are stored", PATIENCE, () -> store.count() > 200);
      consumer.kill();
      int takenBefore = Taken.in(propagator.output()).size();
      long back = System.nanoTime() + AWAY.toNanos();
      Waiting.until("half a minute passes", PATIENCE, () -> System.nanoTime() - back > 0);
      int takenMeanwhile = Taken.in(propagator.output()).size() - takenBefore;

      assertThat(Duration.between(heartbeat(), Instant.now()))
          .as("since a step was last made")
          .isLessThan(Duration.ofSeconds(10));

      site.get().consumer();

      assertThat(propagator.waitFor(PATIENCE)).isZero();
      assertThat(takenMeanwhile).isGreaterThan(200);
      assertThat(BooksLine.in(propagator.lines()).orElseThrow().taken()).isEqualTo(EVENTS);
      assertThat(store.rows().stream().map(Taken::of).toList())
          .isEqualTo(Taken.in(propagator.output()));
      assertThat(store.rows().stream().map(StoredEvent::id).toList())
          .isEqualTo(IntStream.rangeClosed(1, EVENTS).mapToObj(Long::valueOf).toList());
    }
  }

  @Test
  void nothing_is_lost_or_refused_when_the_consumer_comes_back_with_another_secret_key() {
    int events = 600;
    site.get().writeData(SampleData.keyed(events).json());
    Child consumer = site.get().consumer();
    site.get().awaitReady(consumer, PATIENCE);
    Child propagator =
        site.get()
            .start(
                Service.PROPAGATOR,
                Map.of("SCHEDULER_INTERVAL", "0.01"),
                "run",
                "--limit",
                Integer.toString(events));
    try (var store = site.get().rows()) {
      Waiting.until("events are stored", PATIENCE, () -> store.count() > 50);
      consumer.kill();

      site.get()
          .start(
              Service.CONSUMER,
              Map.of("SECRET_KEY", "another-key-9d2f-another-key-9d2f-another"),
              "run");

      assertThat(propagator.waitFor(PATIENCE)).isZero();
      assertThat(store.count()).isEqualTo(events);
      assertThat(BooksLine.in(propagator.lines()).orElseThrow().dead()).isZero();
    }
  }

  private Instant heartbeat() throws IOException {
    return Files.getLastModifiedTime(site.get().spoolDir().resolve("heartbeat")).toInstant();
  }
}
