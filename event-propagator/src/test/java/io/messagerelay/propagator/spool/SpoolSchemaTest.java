package io.messagerelay.propagator.spool;

import static io.messagerelay.propagator.spool.SpoolClaimContract.ROOMY;
import static io.messagerelay.propagator.spool.SpoolClaimContract.SOURCE;
import static io.messagerelay.propagator.spool.SpoolClaimContract.event;
import static io.messagerelay.propagator.spool.SpoolClaimContract.keyed;
import static io.messagerelay.propagator.spool.SpoolClaimContract.unusable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a spool that an earlier version has left. */
final class SpoolSchemaTest {
  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();

  private Spool open(Lanes lanes) {
    return SqliteSpool.open(file(), lanes, new SpoolLimits(ROOMY, 0), clock);
  }

  @Test
  void a_spool_of_an_earlier_version_is_brought_up_with_all_it_holds() throws SQLException {
    Spool first = open(new Lanes(1));
    first.take(SOURCE, List.of(event(1), unusable(2)), "p1");
    long deadBytes = first.deadBytes();
    first.close();
    withoutVersion3();
    execute("DROP TRIGGER dead_letter_added");
    execute("DROP TRIGGER dead_letter_removed");
    execute("ALTER TABLE books DROP COLUMN dead_bytes");
    execute("DROP TABLE claim");
    execute("PRAGMA user_version = 1");

    assertThatThrownBy(() -> SpoolFile.openToRead(file()))
        .hasMessage(
            "%s is a spool of version 1; start event-propagator on it once, which brings it up to 3",
            file());
    try (Spool spool = open(new Lanes(1))) {
      assertThat(spool.deadBytes()).isEqualTo(deadBytes);
      assertThat(spool.progress(SOURCE)).contains("p1");
      assertThat(spool.claim(0, 0, 2, ROOMY))
          .extracting(SpooledEvent::eventId)
          .containsExactly("id-1");
      assertThat(texts("PRAGMA user_version")).containsExactly("3");
    }
  }

  @Test
  void a_spool_of_version_2_is_brought_up_with_its_claims_and_lanes() throws SQLException {
    Spool first = open(new Lanes(2));
    first.take(SOURCE, List.of(keyed(1, "a"), keyed(2, "b"), keyed(3, "a")), null);
    int lane = new Lanes(2).of("a", SOURCE);
    first.claim(lane, 0, 1, ROOMY);
    first.close();
    withoutVersion3();
    execute("CREATE INDEX spooled_by_lane_of_2 ON spooled (lane_hash % 2)");
    execute("PRAGMA user_version = 2");

    try (Spool spool = open(new Lanes(2))) {
      assertThat(texts("SELECT name FROM sqlite_schema WHERE name GLOB 'spooled_*_lane*'"))
          .containsExactly("spooled_in_lane_of_2");
      SpooledEvent head = spool.claim(lane, 0, 1, ROOMY).getFirst();
      assertThat(head.attempts()).isEqualTo(2);
      spool.aside().put(head, "no", clock.instant());
      assertThat(spool.claim(lane, 0, 9, ROOMY))
          .extracting(SpooledEvent::eventId)
          .doesNotContain("id-3");
      assertThat(spool.aside().claim()).map(found -> found.event().attempts()).contains(3);
    }
  }

  private void withoutVersion3() throws SQLException {
    execute("DROP TRIGGER aside_removed");
    execute("DROP TABLE set_aside");
    execute("DROP TABLE freed");
    execute("DROP INDEX spooled_aside");
    for (String index : texts("SELECT name FROM sqlite_schema WHERE name GLOB 'spooled_in_*'")) {
      execute("DROP INDEX " + index);
    }
    execute("ALTER TABLE spooled DROP COLUMN aside");
  }

  private Path file() {
    return folder.resolve("spool.db");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private List<String> texts(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      var texts = new ArrayList<String>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }
}
