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
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The proof itself: green over kills, and red when something is wrong. */
final class ProveIT {
  @RegisterExtension final Site site = new Site();

  @Test
  void nothing_is_lost_or_doubled_over_kills_of_both_processes() {
    var out = new StringWriter();

    int exit = Prove.run(new PrintWriter(out), "--events", "1500", "--kills", "3", "--seed", "1");

    assertThat(exit).as("%s", out).isZero();
    assertThat(out.toString().lines().filter(line -> line.startsWith("killed")))
        .hasSizeBetween(4, 8); // a fast machine may store the last event before the last kill
    assertThat(out.toString().lines().toList().getLast())
        .isEqualTo("taken 1,500 = stored 1,500; lost 0; doubled 0");
  }

  @Test
  void nothing_is_lost_or_doubled_when_the_database_server_is_killed_too() {
    var out = new StringWriter();

    int exit =
        Prove.run(
            new PrintWriter(out),
            "--store",
            "mysql",
            "--events",
            "1000",
            "--kills",
            "5",
            "--seed",
            "1");

    System.err.println(out);
    assertThat(exit).as("%s", out).isZero();
    assertThat(out.toString().lines().toList().getLast())
        .isEqualTo("taken 1,000 = stored 1,000; lost 0; doubled 0");
  }

  @Test
  void a_replay_goes_on_after_each_kill_and_nothing_is_lost_or_doubled() {
    var out = new StringWriter();

    int exit =
        Prove.run(
            new PrintWriter(out),
            "--source",
            "replay",
            "--events",
            "3000",
            "--kills",
            "3",
            "--seed",
            "1");

    assertThat(exit).as("%s", out).isZero();
    assertThat(out.toString().lines().toList().getLast())
        .isEqualTo("taken 3,000 = stored 3,000; lost 0; doubled 0");
  }

  @Test
  void nothing_is_lost_doubled_or_overtaken_when_requests_and_answers_fail_too() {
    var out = new StringWriter();

    int exit =
        Prove.run(
            new PrintWriter(out),
            "--source",
            "replay",
            "--faults",
            "--events",
            "3000",
            "--kills",
            "3",
            "--seed",
            "1");

    assertThat(exit).as("%s", out).isZero();
    assertThat(out.toString().lines().filter(line -> line.startsWith("injected: ")))
        .singleElement()
        .asString()
        .endsWith(", 3 poisonous events");
    assertThat(out.toString().lines().toList().getLast())
        .isEqualTo("taken 3,000 = stored 3,000; lost 0; doubled 0");
  }

  @Test
  void a_run_in_which_a_fault_never_came_is_red() {
    var out = new StringWriter();

    int exit = Prove.run(new PrintWriter(out), "--faults", "--events", "2", "--kills", "0");

    assertThat(exit).as("%s", out).isEqualTo(ExitCodes.FAILED);
    assertThat(out.toString())
        .containsPattern("it proves too little without: .*413, stopped by poison, .*; take more")
        .endsWith("taken 2 = stored 2; lost 0; doubled 0\n");
  }

  @Test
  void an_outbox_that_two_share_loses_and_doubles_nothing() {
    var out = new StringWriter();

    int exit =
        Prove.run(
            new PrintWriter(out),
            "--source",
            "outbox",
            "--events",
            "2000",
            "--kills",
            "4",
            "--seed",
            "1");

    assertThat(exit).as("%s", out).isZero();
    assertThat(out.toString().lines().toList().getLast())
        .isEqualTo("taken 2,000 = stored 2,000; lost 0; doubled 0");
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

  private void removeTwoRows() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + site.get().storeFile());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("DELETE FROM event WHERE id IN (7, 50)");
    }
  }
}
