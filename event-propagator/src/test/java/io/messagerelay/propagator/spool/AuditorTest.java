package io.messagerelay.propagator.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.messagerelay.propagator.spool.NewEntry.Deliverable;
import io.messagerelay.propagator.spool.NewEntry.Unusable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a look at all of a spool finds. */
final class AuditorTest {
  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();

  private SqliteSpool open() {
    return SqliteSpool.open(file(), new Lanes(1), new SpoolLimits(1L << 30, 0), clock);
  }

  private Path file() {
    return folder.resolve("spool.db");
  }

  private Audit audit() {
    return SpoolDesk.audit(new SpoolFolder(folder));
  }

  private static void fill(Spool spool) {
    spool.take(
        "source",
        IntStream.range(0, 1_200)
            .<NewEntry>mapToObj(
                i ->
                    i % 100 == 0
                        ? new Unusable("p", new byte[10], List.of("no object"))
                        : new Deliverable("id-" + i, null, "p", body("id-" + i)))
            .toList(),
        null);
  }

  private static byte[] body(String id) {
    return "{\"event_type\":\"t\",\"event_id\":\"%s\"}".formatted(id).getBytes(UTF_8);
  }

  @Test
  void a_sound_spool_is_found_so_beside_its_runner_and_without_one() {
    try (SqliteSpool running = open()) {
      fill(running);
      assertThat(audit())
          .isEqualTo(new Audit(1_188, 12, running.books().bytes(), List.of()))
          .matches(Audit::isSound);
    }
    assertThat(audit().isSound()).isTrue();
  }

  @Test
  void books_that_say_something_else_are_found() throws SQLException {
    try (SqliteSpool running = open()) {
      fill(running);
    }
    execute("UPDATE books SET taken = taken + 5, pending = pending + 5, bytes = bytes - 1");

    assertThat(audit().problems())
        .satisfiesExactly(
            pending ->
                assertThat(pending).isEqualTo("pending: the books say 1,193, and it is 1,188"),
            bytes -> assertThat(bytes).startsWith("bytes: the books say "));
  }

  @Test
  void a_body_with_another_id_is_found_and_many_are_not_all_told() throws SQLException {
    try (SqliteSpool running = open()) {
      fill(running);
    }
    execute("UPDATE spooled SET event_id = 'x' WHERE seq = 1188");
    assertThat(audit().problems())
        .containsExactly("spooled 1188: the body does not carry the id x");

    execute("UPDATE spooled SET event_id = 'x'");
    assertThat(audit().problems()).hasSizeBetween(20, 600);
  }

  @Test
  void what_is_out_of_its_lane_and_waits_for_nobody_is_found() throws SQLException {
    try (SqliteSpool running = open()) {
      running.take("source", List.of(keyed(1), keyed(2), keyed(3)), null);
      running.aside().put(running.claim(0, 0, 1, 1).getFirst(), "no", clock.instant());
      running.claim(0, 0, 9, 1);
    }
    assertThat(audit().problems()).isEmpty();

    execute("INSERT INTO set_aside VALUES (2, 'k', 1, 0, 0, 0, 'no')");
    assertThat(audit().problems())
        .containsExactly("set_aside 2: another event of its key is set aside");
    execute("UPDATE spooled SET aside = 0 WHERE seq = 2");
    execute("INSERT INTO set_aside VALUES (9, NULL, 1, 0, 0, 0, 'no')");
    execute("DELETE FROM set_aside WHERE seq = 1");
    assertThat(audit().problems())
        .containsExactly(
            "set_aside 2: its event is not out of its lane",
            "set_aside 9: its event is not out of its lane");
    execute("DELETE FROM set_aside");
    execute("DELETE FROM freed");
    assertThat(audit().problems())
        .containsExactly(
            "spooled 1: out of its lane, and waits for nothing",
            "spooled 3: out of its lane, and waits for nothing");
    execute("UPDATE spooled SET event_key = NULL WHERE seq = 1");
    execute("INSERT INTO freed VALUES ('k', 1)");
    assertThat(audit().problems())
        .containsExactly("spooled 1: out of its lane, and waits for nothing");
  }

  private static NewEntry keyed(int number) {
    return new Deliverable("id-" + number, "k", "p", body("id-" + number));
  }

  @Test
  void a_damaged_file_is_found() throws IOException {
    try (SqliteSpool running = open()) {
      fill(running);
    }
    try (var file = new RandomAccessFile(file().toFile(), "rw")) {
      file.seek(file.length() / 2);
      file.write(new byte[8_192]);
    }

    assertThat(audit().problems()).isNotEmpty();
  }

  @Test
  void a_newer_spool_is_refused() throws SQLException {
    open().close();
    execute("PRAGMA user_version = 99");

    assertThatThrownBy(this::audit)
        .isInstanceOf(SpoolException.class)
        .hasMessageContaining("is a spool of version 99");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
