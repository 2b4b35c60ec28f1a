package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.base.ExitCodes;
import io.messagerelay.system.way.Way;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The proof itself: green over kills, and red when something is wrong. */
final class ProveIT {
  @RegisterExtension final Site site = new Site();

  @Test
  void nothing_is_lost_or_doubled_over_kills_of_both_processes() {
    Ran ran = prove("--events", "1500", "--kills", "3", "--seed", "1");

    assertThat(ran.exit()).as("%s", ran.out()).isZero();
    assertThat(ran.lines().stream().filter(line -> line.startsWith("killed")))
        .hasSizeBetween(4, 8); // a fast machine may store the last event before the last kill
    assertThat(ran.lines().getLast()).isEqualTo("taken 1,500 = stored 1,500; lost 0; doubled 0");
  }

  @Test
  void nothing_is_lost_or_doubled_when_the_database_server_is_killed_too() {
    Ran ran = prove("--store", "mysql", "--events", "1000", "--kills", "5", "--seed", "1");

    System.err.println(ran.out());
    assertThat(ran.exit()).as("%s", ran.out()).isZero();
    assertThat(ran.lines().getLast()).isEqualTo("taken 1,000 = stored 1,000; lost 0; doubled 0");
  }

  @Test
  void a_replay_goes_on_after_each_kill_and_nothing_is_lost_or_doubled() {
    Ran ran = prove("--source", "replay", "--events", "3000", "--kills", "3", "--seed", "1");

    assertThat(ran.exit()).as("%s", ran.out()).isZero();
    assertThat(ran.lines().getLast()).isEqualTo("taken 3,000 = stored 3,000; lost 0; doubled 0");
  }

  @Test
  void nothing_is_lost_doubled_or_overtaken_when_requests_and_answers_fail_too() {
    Ran ran =
        prove("--source", "replay", "--faults", "--events", "3000", "--kills", "3", "--seed", "1");

    assertThat(ran.exit()).as("%s", ran.out()).isZero();
    assertThat(ran.lines().stream().filter(line -> line.startsWith("injected: ")))
        .singleElement()
        .asString()
        .endsWith(", 3 poisonous events");
    assertThat(ran.lines().getLast()).isEqualTo("taken 3,000 = stored 3,000; lost 0; doubled 0");
  }

  @Test
  void a_run_in_which_a_fault_never_came_is_red() {
    Ran ran = prove("--faults", "--events", "2", "--kills", "0");

    assertThat(ran.exit()).as("%s", ran.out()).isEqualTo(ExitCodes.FAILED);
    assertThat(ran.out())
        .containsPattern("it proves too little without: .*413, stopped by poison, .*; take more")
        .endsWith("taken 2 = stored 2; lost 0; doubled 0\n");
  }

  @Test
  void an_outbox_that_two_share_loses_and_doubles_nothing() {
    Ran ran = prove("--source", "outbox", "--events", "2000", "--kills", "4", "--seed", "1");

    assertThat(ran.exit()).as("%s", ran.out()).isZero();
    assertThat(ran.lines().getLast()).isEqualTo("taken 2,000 = stored 2,000; lost 0; doubled 0");
  }

  @Test
  void rows_that_vanish_from_the_store_make_it_red() throws SQLException {
    ProofSource source = new RandomProof(site.get(), 100, Way.STRAIGHT);
    new Trial(site.get(), Optional.empty(), source, 100, new Kills(0, 0), 1, _ -> {}).run();
    assertThat(source.judge().green()).isTrue();

    removeTwoRows();

    Verdict verdict = source.judge();
    assertThat(verdict.green()).isFalse();
    assertThat(verdict.line()).isEqualTo("taken 100 ≠ stored 98; lost 2; doubled 0");
    assertThat(verdict.differences())
        .anyMatch(line -> line.startsWith("2 positions that are missing, such as 7, 50"))
        .anyMatch(line -> line.startsWith("2 taken events that are not stored, such as "))
        .contains("the store has 98 rows");
  }

  /** A proof that was run, and what it printed. */
  private record Ran(int exit, String out) {
    List<String> lines() {
      return out.lines().toList();
    }
  }

  private static Ran prove(String... arguments) {
    var out = new StringWriter();
    return new Ran(Prove.run(new PrintWriter(out), arguments), out.toString());
  }

  private void removeTwoRows() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + site.get().storeFile());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("DELETE FROM event WHERE id IN (7, 50)");
    }
  }
}
