package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.servers.TestDatabase;
import io.messagerelay.servers.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a team leaves the embedded store for a database. */
final class ImportIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int EVENTS = 5_500;

  @RegisterExtension final Site site = new Site();

  private final TestDatabase database = TestServer.shared().newDatabase();

  @AfterEach
  void close() {
    database.close();
  }

  private Child consumer(int exitCode, Map<String, String> extra, String... arguments) {
    Child child = site.get().start(Service.CONSUMER, extra, arguments);
    assertThat(child.waitFor(PATIENCE)).as(child.output()).isEqualTo(exitCode);
    return child;
  }

  private void replay(String file) {
    Child replay = site.get().start(Service.PROPAGATOR, Map.of(), "replay", file);
    assertThat(replay.waitFor(PATIENCE)).as(replay.output()).isZero();
  }

  private List<String> listed() {
    return consumer(0, Map.of(), "list", "--json", "--oldest-first", "--limit", "9000").lines();
  }

  @Test
  void events_come_along_with_their_places_ids_and_times_also_when_the_import_is_killed()
      throws IOException {
    Installation both = site.get();
    Files.writeString(both.folder().resolve("events.json"), SampleData.keyed(EVENTS).json());
    Files.writeString(both.folder().resolve("more.json"), SampleData.withoutKeys(10).json());
    Child embedded = both.consumer();
    both.awaitReady(embedded, PATIENCE);
    replay("events.json");
    consumer(0, Map.of(), "export", "--stored", "--out", "all.ndjson.gz");
    List<String> before = listed();
    assertThat(before).hasSize(EVENTS);
    embedded.kill();

    Child killed = both.start(Service.CONSUMER, database.settings(), "import", "all.ndjson.gz");
    Waiting.until("some are there", PATIENCE, () -> !killed.alive() || count() > 0);
    killed.kill();
    assertThat(count()).isPositive();
    consumer(0, database.settings(), "import", "all.ndjson.gz");
    Child moved = both.start(Service.CONSUMER, database.settings(), "run");
    both.awaitReady(moved, PATIENCE);
    assertThat(listed()).isEqualTo(before);

    replay("events.json");
    replay("more.json");
    List<String> after = listed();
    assertThat(after).hasSize(EVENTS + 10).startsWith(before.toArray(String[]::new));
    assertThat(after.getLast()).startsWith("{\"id\":%d,".formatted(EVENTS + 10));
    assertThat(consumer(0, database.settings(), "import", "all.ndjson.gz").output())
        .contains("imported 0 events; 5,500 were there before");
  }

  private long count() {
    try (var store = new StoredRows(new StoreChoice.Mysql(database))) {
      return store.count();
    }
  }
}
