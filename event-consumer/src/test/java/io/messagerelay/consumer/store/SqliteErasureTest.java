package io.messagerelay.consumer.store;

import static io.messagerelay.consumer.store.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.messagerelay.contract.Event;
import io.messagerelay.contract.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes of what was erased are in none of the store's files. */
final class SqliteErasureTest {
  private final ManualClock clock = ManualClock.at("2026-01-01T12:00:00Z");
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("store.db");
  }

  @Test
  void nothing_of_small_and_large_payloads_and_keys_is_left_in_any_file() throws Exception {
    Random random = new Random(11);
    try (Database database = SqliteStore.open(file(), clock)) {
      List<String> ids = new ArrayList<>();
      for (int group = 0; group < 40; group++) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
          String id = "e-" + random.nextLong();
          int size = random.nextBoolean() ? random.nextInt(300) : random.nextInt(20_000);
          String payload = "SECRET" + "x".repeat(size) + "SECRET";
          events.add(new Event(id, "t", Payload.ofString(payload), "SECRETKEY", null));
          ids.add(id);
        }
        database.events().append(events);
      }
      assertThat(holding("SECRET")).isNotEmpty();

      for (String id : ids) {
        assertThat(database.erasure().erase(id)).isTrue();
      }

      assertThat(holding("SECRET")).isEmpty();
      assertThat(database.events().page(new Page(1, 500, true, List.of(), 500))).hasSize(400);
      assertThat(database.logBytes()).isZero();
    }
  }

  @Test
  void is_not_done_while_a_reader_keeps_the_bytes_in_the_log() throws Exception {
    try (Database database = SqliteStore.open(file(), clock)) {
      database.events().append(List.of(event("a", "t", "SECRET")));
      try (Connection reader = DriverManager.getConnection("jdbc:sqlite:" + file());
          Statement statement = reader.createStatement()) {
        statement.execute("BEGIN");
        try (ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM event")) {
          row.next();
        }

        assertThatThrownBy(() -> database.erasure().erase("a"))
            .isInstanceOf(StoreException.class)
            .hasMessage("an event is erased, and a reader keeps its bytes in the log");
        statement.execute("ROLLBACK");
      }
      assertThat(holding("SECRET")).isNotEmpty();

      assertThat(database.erasure().erase("a")).isTrue();
      assertThat(holding("SECRET")).isEmpty();
    }
  }

  private List<Path> holding(String text) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> holding = new ArrayList<>();
      for (Path each : files.toList()) {
        if (Files.readString(each, StandardCharsets.ISO_8859_1).contains(text)) {
          holding.add(each);
        }
      }
      return holding;
    }
  }
}
