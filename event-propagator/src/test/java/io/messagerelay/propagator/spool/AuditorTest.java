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
