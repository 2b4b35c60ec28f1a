package io.messagerelay.propagator.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.messagerelay.propagator.spool.NewEntry.Deliverable;
import io.messagerelay.propagator.spool.NewEntry.Unusable;
import io.messagerelay.propagator.spool.SpoolStatus.AsideSummary;
import io.messagerelay.propagator.spool.SpoolStatus.LastDead;
import io.messagerelay.propagator.spool.SpoolStatus.Oldest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an onlooker finds in a spool, and that it leaves no trace. */
final class SpoolStatusTest {
  private static final long ROOMY = 1L << 30;

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();

  private SqliteSpool open() {
    return SqliteSpool.open(file(), new Lanes(1), new SpoolLimits(ROOMY, 0), clock);
  }

  private Path file() {
    return folder.resolve("spool.db");
  }

  private SpoolStatus status() {
    return new SpoolFolder(folder).status().orElseThrow();
  }

  private static NewEntry event(String id) {
    return new Deliverable(id, null, "p", "{}".getBytes(UTF_8));
  }

  @Test
  void books_are_those_of_the_runner_beside_it_and_after_it() throws IOException {
    Books last;
    try (SqliteSpool running = open()) {
      running.take("s", List.of(event("1")), null);
      assertThat(status().books()).isEqualTo(running.books());
      running.take("s", List.of(event("2")), null);
      last = running.books();
      Set<String> files = files();

      assertThat(status().books()).isEqualTo(last);
      assertThat(status().keptBytes()).isEqualTo(2 * (2 + Spool.OVERHEAD_BYTES));
      assertThat(status().fileBytes()).isGreaterThan(Files.size(file()));
      assertThat(files()).isEqualTo(files);
    }

    assertThat(status().books()).isEqualTo(last);
    assertThat(files()).as("nothing was made beside the closed spool").containsOnly("spool.db");
  }

  @Test
  void the_oldest_is_what_was_taken_first_of_what_waits() {
    try (SqliteSpool running = open()) {
      assertThat(status().oldest()).isEmpty();
      Instant taken = clock.instant();
      running.take("s", List.of(event("1")), null);
      assertThat(status().oldest()).contains(new Oldest(taken, 0, Instant.EPOCH));
      clock.advance(Duration.ofSeconds(5));
      running.take("s", List.of(event("2")), null);
      Instant due = clock.instant().plusSeconds(30);
      running.defer(running.claim(0, 0, 1, ROOMY), due);

      assertThat(status().oldest()).contains(new Oldest(taken, 1, due));
    }
  }

  @Test
  void what_is_set_aside_is_counted_and_the_first_of_it_says_why() {
    try (SqliteSpool running = open()) {
      running.take("s", List.of(event("1"), keyed("2"), keyed("3"), keyed("4"), event("5")), null);
      assertThat(status().aside()).isEmpty();
      Instant since = clock.instant();
      running.aside().put(running.claim(0, 0, 1, 1).getFirst(), "500 no", since.plusSeconds(60));
      clock.advance(Duration.ofSeconds(5));
      running.aside().put(running.claim(0, 0, 1, 1).getFirst(), "timeout", since.plusSeconds(30));
      running.claim(0, 0, 9, 1);

      assertThat(status().aside())
          .contains(new AsideSummary(2, 2, since, "500 no", since.plusSeconds(60)));
      assertThat(status().oldest()).map(Oldest::due).contains(since.plusSeconds(60));
      assertThat(status().oldest()).map(Oldest::attempts).contains(1);
    }
  }

  private static NewEntry keyed(String id) {
    return new Deliverable(id, "k", "p", "{}".getBytes(UTF_8));
  }

  @Test
  void the_last_dead_letter_says_why() {
    try (SqliteSpool running = open()) {
      running.take(
          "s", List.of(event("1"), new Unusable("p", new byte[3], List.of("no object"))), null);
      assertThat(status().lastDead()).contains(new LastDead(clock.instant(), 0, "no object"));
      clock.advance(Duration.ofSeconds(5));
      running.settle(
          running.claim(0, 0, 1, ROOMY).stream()
              .map(event -> new Settlement.Dead(event, 400, List.of("/a bad", "/b bad")))
              .toList());

      assertThat(status().lastDead())
          .contains(new LastDead(clock.instant(), 400, "/a bad; /b bad"));
    }
  }

  @Test
  void nothing_yet_is_no_spool() throws IOException {
    assertThat(new SpoolFolder(folder.resolve("missing")).status()).isEmpty();
    assertThat(new SpoolFolder(folder).status()).isEmpty();
    Files.createFile(file());

    assertThat(new SpoolFolder(folder).status()).isEmpty();
    assertThat(files()).containsOnly("spool.db");
  }

  @Test
  void what_is_no_spool_is_refused_and_left_alone() throws IOException {
    String text = "no database, just a text\n".repeat(100);
    Files.writeString(file(), text);

    assertThatThrownBy(this::status)
        .isInstanceOf(SpoolException.class)
        .hasMessage("%s is no spool; move it away or set another SPOOL_DIR", file());
    assertThat(file()).hasContent(text);
  }

  @Test
  void a_newer_spool_is_refused() throws SQLException {
    open().close();
    execute("PRAGMA user_version = 99");

    assertThatThrownBy(this::status)
        .isInstanceOf(SpoolException.class)
        .hasMessageContaining("is a spool of version 99")
        .hasMessageEndingWith("run a newer one");
  }

  @Test
  void a_folder_in_its_place_is_one_line() throws IOException {
    Files.createDirectory(file());

    assertThatThrownBy(this::status)
        .isInstanceOf(SpoolException.class)
        .hasMessageContaining(file() + " cannot be read: ");
  }

  @Test
  void a_damaged_spool_is_one_line() throws IOException, SQLException {
    open().close();
    execute("DROP TABLE books");

    assertThatThrownBy(this::status)
        .isInstanceOf(SpoolException.class)
        .hasMessageContaining(file() + " failed: ");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Set<String> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }
}
