package io.messagerelay.propagator.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.messagerelay.propagator.spool.NewEntry.Deliverable;
import io.messagerelay.propagator.spool.Settlement.Dead;
import io.messagerelay.propagator.spool.Settlement.Delivered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteSpoolTest extends SpoolContract {
  private static final String BY_LANE =
      "SEARCH spooled USING.* INDEX spooled_in_lane_of_4 \\(<expr>=\\?.*";

  @TempDir Path folder;

  @Override
  Spool open(Lanes lanes, long bound) {
    return SqliteSpool.open(file(), lanes, new SpoolLimits(bound, 0), clock);
  }

  @Test
  void everything_is_there_when_it_is_opened_again() {
    Spool first = open(new Lanes(1), ROOMY);
    first.take(SOURCE, List.of(event(1), event(2), event(3)), "p3");
    List<SpooledEvent> events = first.claim(0, 0, 3, ROOMY);
    first.settle(
        List.of(new Delivered(events.get(0)), new Dead(events.get(1), 400, List.of("no"))));
    first.defer(events.subList(2, 3), clock.instant().plusSeconds(9));
    Books books = first.books();
    List<DeadLetter> letters = first.deadLetters(0, 10);
    first.close();

    Spool second = spool();
    assertThat(second.books()).isEqualTo(books);
    assertThat(second.progress(SOURCE)).contains("p3");
    assertThat(second.due(0)).contains(clock.instant().plusSeconds(9));
    assertThat(second.deadLetters(0, 10))
        .usingRecursiveFieldByFieldElementComparator()
        .isEqualTo(letters);
    clock.advance(Duration.ofSeconds(9));
    assertThat(second.claim(0, 0, 3, ROOMY)).extracting(SpooledEvent::attempts).containsExactly(2);
  }

  @Test
  void events_put_off_by_a_clock_far_ahead_are_due_when_it_is_opened_again() {
    clock.advance(Duration.ofDays(1));
    Spool first = open(new Lanes(1), ROOMY);
    first.take(SOURCE, List.of(event(1)), null);
    first.defer(first.claim(0, 0, 1, ROOMY), clock.instant().plusSeconds(30));
    first.close();
    clock.advance(Duration.ofDays(-1));

    assertThat(spool().claim(0, 0, 1, ROOMY)).hasSize(1);
  }

  @Test
  void the_number_of_lanes_may_change_between_runs() throws SQLException {
    Spool first = open(new Lanes(3), ROOMY);
    for (int i = 0; i < 50; i++) {
      first.take(SOURCE, List.of(new Deliverable("id-" + i, "k" + i, "p", bytes("{}"))), null);
    }
    first.close();

    var lanes = new Lanes(7);
    Spool second = spool(lanes, ROOMY);
    int seen = 0;
    for (int lane = 0; lane < 7; lane++) {
      List<SpooledEvent> events = second.claim(lane, 0, 100, ROOMY);
      seen += events.size();
      int expected = lane;
      assertThat(events).allMatch(e -> lanes.of(e.eventKey(), e.source()) == expected);
    }
    assertThat(seen).isEqualTo(50);
    assertThat(texts("SELECT name FROM sqlite_schema WHERE name GLOB 'spooled_*_lane*'"))
        .containsExactly("spooled_in_lane_of_7");
  }

  @Test
  void statements_by_lane_read_only_what_they_return() throws SQLException {
    var lanes = new Lanes(4);
    spool(lanes, ROOMY);
    LaneSql sql = LaneSql.of(lanes);

    for (String statement : List.of(sql.oldest(), Attempts.count(lanes), sql.due())) {
      assertThat(plan(statement)).as(statement).singleElement(STRING).matches(BY_LANE);
    }
    assertThat(plan(sql.oldestMarked())).hasSize(3).first(STRING).matches(BY_LANE);
    assertThat(plan(sql.oldestMarked()))
        .last(STRING)
        .startsWith("SEARCH a USING")
        .contains("INDEX set_aside_key (event_key=?)");
  }

  @Test
  void a_clock_that_is_set_back_looks_only_at_what_was_put_off() throws SQLException {
    spool();

    assertThat(plan(DueClock.DUE_NOW))
        .singleElement(STRING)
        .startsWith("SEARCH spooled USING")
        .contains("INDEX spooled_put_off (due>?");
    assertThat(plan(DueClock.ASIDE_DUE_NOW))
        .singleElement(STRING)
        .contains("INDEX set_aside_due (due>?");
  }

  @Test
  void the_file_is_for_its_owner_alone() throws IOException {
    spool().take(SOURCE, List.of(event(1)), null);

    for (String name : List.of("spool.db", "spool.db-wal")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
          .as(name)
          .isEqualTo("rw-------");
    }
  }

  @Test
  void every_commit_is_flushed_and_the_log_is_bounded() {
    try (SpoolFile file = SpoolFile.open(file(), new Lanes(1))) {
      assertThat(file.<String>read("PRAGMA journal_mode", rows -> rows.getString(1)))
          .isEqualTo("wal");
      assertThat(file.<Integer>read("PRAGMA synchronous", rows -> rows.getInt(1))).isEqualTo(2);
      assertThat(file.<Integer>read("PRAGMA journal_size_limit", rows -> rows.getInt(1)))
          .isEqualTo(64 * 1024 * 1024);
    }
  }

  @Test
  void what_a_crash_left_in_the_log_is_copied_into_the_file_before_it_is_used() throws Exception {
    spool().take(SOURCE, List.of(event(1), event(2), event(3)), null);
    Path crashed = Files.createDirectory(folder.resolve("crashed")).resolve("spool.db");
    Files.copy(file(), crashed);
    Files.copy(folder.resolve("spool.db-wal"), folder.resolve("crashed/spool.db-wal"));

    Path withoutLog = folder.resolve("without-log.db");
    try (Spool _ = SqliteSpool.open(crashed, new Lanes(1), new SpoolLimits(ROOMY, 0), clock)) {
      Files.copy(crashed, withoutLog);
    }

    try (SpoolFile file = SpoolFile.openToRead(withoutLog)) {
      assertThat(file.<Integer>read("SELECT count(*) FROM spooled", rows -> rows.getInt(1)))
          .isEqualTo(3);
    }
  }

  @Test
  void a_folder_may_have_any_name() throws IOException {
    Path odd = Files.createDirectory(folder.resolve("a?b %20 ü#;"));
    try (Spool spool =
        SqliteSpool.open(odd.resolve("spool.db"), new Lanes(1), new SpoolLimits(ROOMY, 0), clock)) {
      spool.take(SOURCE, List.of(event(1)), null);
    }
    assertThat(odd.resolve("spool.db")).isNotEmptyFile();
  }

  @Test
  void what_another_connection_changes_is_seen() throws SQLException {
    Spool spool = spool();
    spool.take(SOURCE, List.of(event(1)), null);
    execute("UPDATE books SET pending = 0, discarded = 1");

    assertThat(spool.books().discarded()).isEqualTo(1);
  }

  @Test
  void books_that_do_not_balance_cannot_be_written() {
    spool();

    assertThatThrownBy(() -> execute("UPDATE books SET taken = taken + 1"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("CHECK constraint failed");
  }

  @Test
  void a_failed_write_is_final_and_leaves_the_state_before() throws SQLException {
    Spool spool = open(new Lanes(1), ROOMY);
    spool.take(SOURCE, List.of(event(1)), "p1");
    execute(
        "CREATE TRIGGER broken BEFORE INSERT ON spooled WHEN NEW.event_id = 'id-3'"
            + " BEGIN SELECT RAISE(FAIL, 'disk on fire'); END");

    assertThatThrownBy(() -> spool.take(SOURCE, List.of(event(2), event(3)), "p3"))
        .isInstanceOf(SpoolException.class)
        .hasMessageStartingWith("the spool " + file() + " failed: ")
        .hasMessageContaining("disk on fire")
        .hasMessageEndingWith("; see to the disk and start again");
    assertThatThrownBy(spool::books).isInstanceOf(SpoolException.class);
    assertThatThrownBy(() -> spool.take(SOURCE, List.of(event(4)), null))
        .isInstanceOf(SpoolException.class);
    spool.close();

    Spool again = spool();
    assertThat(again.books()).isEqualTo(new Books(1, 0, 0, 0, 0, 1, event(1).body().length));
    assertThat(again.progress(SOURCE)).contains("p1");
  }

  @Test
  void a_closed_spool_says_so() {
    Spool spool = open(new Lanes(1), ROOMY);
    spool.close();

    assertThatThrownBy(spool::books)
        .isInstanceOf(SpoolException.class)
        .hasMessage("the spool %s is closed", file());
  }

  @Test
  void attempts_that_had_begun_are_counted_over_a_crash_and_another_number_of_lanes() {
    Spool first = open(new Lanes(2), ROOMY);
    first.take(SOURCE, List.of(keyed(1, "a"), keyed(2, "b"), keyed(3, "a")), null);
    first.claim(new Lanes(2).of("a", SOURCE), 0, 1, ROOMY);
    first.close();

    Spool second = open(new Lanes(1), ROOMY);

    assertThat(second.claim(0, 0, 3, ROOMY))
        .extracting(SpooledEvent::attempts)
        .containsExactly(2, 1, 1);
    second.close();
  }

  @Test
  void nothing_is_taken_while_the_disk_has_less_left_than_it_is_to_keep() {
    var limits = new SpoolLimits(ROOMY, Long.MAX_VALUE);
    try (Spool spool = SqliteSpool.open(file(), new Lanes(1), limits, clock)) {
      assertThat(spool.take(SOURCE, List.of(event(1)), "p1")).isEqualTo(Spool.Take.DISK_LOW);
      assertThat(spool.books().taken()).isZero();
      assertThat(spool.progress(SOURCE)).isEmpty();
    }
  }

  @Test
  void a_spool_of_a_newer_version_is_refused_and_left_alone() throws SQLException {
    open(new Lanes(1), ROOMY).close();
    execute("PRAGMA user_version = 7");

    assertRefused(
        "%s is a spool of version 7 and this program knows versions up to 3; run a newer one");
    assertThat(texts("PRAGMA user_version")).containsExactly("7");
  }

  @Test
  void a_file_that_is_no_spool_is_refused_and_left_alone() throws Exception {
    Files.writeString(file(), "not a database");
    assertRefused("%s is no spool; move it away or set another SPOOL_DIR");
    assertThat(file()).hasContent("not a database");

    Files.delete(file());
    execute("CREATE TABLE event (id INTEGER PRIMARY KEY)");
    assertRefused("%s is no spool; move it away or set another SPOOL_DIR");
    assertThat(texts("SELECT name FROM sqlite_schema")).containsExactly("event");
    assertThat(texts("PRAGMA journal_mode")).containsExactly("delete");
  }

  @Test
  void a_file_that_cannot_be_opened_is_refused_with_the_reason() throws IOException {
    Files.createDirectory(file());
    assertThatThrownBy(() -> open(new Lanes(1), ROOMY))
        .isInstanceOf(SpoolException.class)
        .hasMessageStartingWith("the spool " + file() + " cannot be opened: ")
        .hasMessageEndingWith("; set SPOOL_DIR to a folder that can be written");
  }

  @Test
  void a_log_that_was_cut_off_gives_the_state_before_or_after_a_take() throws Exception {
    long seed = 20_260_301;
    var random = new Random(seed);
    Spool spool = spool();
    for (int i = 1; i <= 20; i++) {
      spool.take(SOURCE, List.of(event(i)), String.valueOf(i));
    }
    byte[] database = Files.readAllBytes(file());
    byte[] log = Files.readAllBytes(folder.resolve("spool.db-wal"));
    var seen = new ArrayList<Long>();

    for (int round = 0; round < 40; round++) {
      Path crashed = Files.createDirectory(folder.resolve("crash-" + round)).resolve("spool.db");
      Files.write(crashed, database);
      Files.write(
          crashed.resolveSibling("spool.db-wal"), Arrays.copyOf(log, random.nextInt(log.length)));
      try (Spool survivor =
          SqliteSpool.open(crashed, new Lanes(1), new SpoolLimits(ROOMY, 0), clock)) {
        long taken = survivor.books().taken();
        seen.add(taken);
        assertThat(survivor.claim(0, 0, 100, ROOMY)).as("seed %d", seed).hasSize((int) taken);
        assertThat(survivor.progress(SOURCE).orElse("0")).isEqualTo(String.valueOf(taken));
      }
    }
    assertThat(seen.stream().distinct().count()).as("seed %d", seed).isGreaterThan(5);
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> open(new Lanes(1), ROOMY))
        .isInstanceOf(SpoolException.class)
        .hasMessage(message, file());
  }

  private Path file() {
    return folder.resolve("spool.db");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private List<String> texts(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      var texts = new ArrayList<String>();
      while (rows.next()) {
        texts.add(rows.getString(rows.getMetaData().getColumnCount()));
      }
      return texts;
    }
  }

  private List<String> plan(String sql) throws SQLException {
    return texts("EXPLAIN QUERY PLAN " + sql.replace("LIMIT ?", "LIMIT 100"));
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file());
  }
}
