package io.messagerelay.consumer.app;

import static io.messagerelay.consumer.app.RunningConsumer.freePort;
import static io.messagerelay.consumer.app.RunningConsumer.goodSettings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.messagerelay.base.ExitCodes;
import io.messagerelay.consumer.app.RunningConsumer.Ended;
import io.messagerelay.consumer.store.ManualClock;
import io.messagerelay.consumer.store.SqliteStore;
import io.messagerelay.consumer.store.TestEvents;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code event-consumer retention} as a user types it. */
class RetentionCommandIT {
  @TempDir private Path folder;

  @BeforeEach
  void store() throws Exception {
    ManualClock clock = ManualClock.at("2020-01-01T00:00:00Z");
    try (var database = SqliteStore.open(folder.resolve("var/store.db"), clock)) {
      database.events().append(TestEvents.events("a", 0, 250));
      clock.set("2090-01-01T00:00:00Z");
      database.events().append(TestEvents.events("b", 0, 3));
    }
  }

  private Ended run(Map<String, String> settings, String... arguments) {
    Map<String, String> all = goodSettings(freePort());
    all.putAll(settings);
    return RunningConsumer.run(folder, all, arguments);
  }

  private String events() {
    return run(Map.of(), "status", "--lines").output();
  }

  @Test
  void a_dry_run_tells_and_a_run_removes() {
    Map<String, String> month = Map.of("RETENTION_AGE", "30d", "RETENTION_ARCHIVE_DIR", "archive");

    Ended dry = run(month, "retention", "--dry-run");
    assertThat(dry.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(dry.output()).isEqualToIgnoringNewLines("would remove 250 events by age");
    assertThat(run(month, "retention", "--dry-run", "--json").output())
        .contains("{\"rule\":\"age\",\"would_remove\":250,\"at_least\":false}");
    assertThat(events()).contains("events=253");

    Ended once = run(month, "retention", "--json");
    assertThat(once.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(once.output()).contains("{\"removed\":250,\"busy\":false}");
    assertThat(events()).contains("events=3");
    assertThat(folder.resolve("archive")).isDirectoryContaining("glob:**.manifest.json");
  }

  @Test
  void a_service_removes_by_itself_and_counts_it() {
    try (var consumer = RunningConsumer.start(folder, Map.of("RETENTION_COUNT", "3"))) {
      await()
          .until(
              () ->
                  consumer
                      .get("/metrics")
                      .body()
                      .contains("message_relay_events_removed_total 250"));
      assertThat(consumer.get("/metrics").body())
          .containsPattern("message_relay_retention_last_run_seconds [1-9]")
          .containsPattern("message_relay_retention_since_seconds [1-9]");
    }
  }

  @Test
  void without_a_rule_it_is_said_that_every_event_is_kept() {
    Ended ended = run(Map.of(), "retention");

    assertThat(ended.exitCode()).isEqualTo(ExitCodes.CONFIG);
    assertThat(ended.output()).contains("every event is kept; set RETENTION_AGE");
  }

  @Test
  void a_rule_that_cannot_be_read_is_named() {
    Ended ended = run(Map.of("RETENTION_AGE", "a month", "RETENTION_TYPES", "debug"), "retention");

    assertThat(ended.exitCode()).isEqualTo(ExitCodes.CONFIG);
    assertThat(ended.output())
        .contains("RETENTION_AGE: must be a whole number")
        .contains("RETENTION_TYPES: must be types and ages");
  }
}
