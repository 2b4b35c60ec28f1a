package io.messagerelay.propagator.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.propagator.app.spools.NamedSpool;
import io.messagerelay.propagator.spool.Books;
import io.messagerelay.propagator.spool.LastError;
import io.messagerelay.propagator.spool.Pacing;
import io.messagerelay.propagator.spool.Runner;
import io.messagerelay.propagator.spool.SpoolFolder;
import io.messagerelay.propagator.spool.SpoolStatus;
import io.messagerelay.propagator.spool.SpoolStatus.AsideSummary;
import io.messagerelay.propagator.spool.SpoolStatus.LastDead;
import io.messagerelay.propagator.spool.SpoolStatus.Oldest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class SpoolReportTest {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final Optional<Runner> RUNNER = Optional.of(new Runner(OptionalLong.of(4711)));

  private static SpoolReport report(
      SpoolStatus status, Optional<Runner> runner, Optional<Instant> lastBeat) {
    return new SpoolReport(
        new NamedSpool("main", new SpoolFolder(Path.of("var/spool"))),
        status,
        new SpoolReport.Running(runner, lastBeat, Optional.empty(), Optional.empty()),
        1L << 30,
        OptionalLong.empty(),
        NOW);
  }

  private static SpoolReport busy() {
    return report(
        new SpoolStatus(
            new Books(12_345, 12_000, 3, 2, 1, 339, 1_000_000),
            Optional.of(new Oldest(NOW.minusSeconds(240), 4, NOW.plusSeconds(12))),
            Optional.of(new LastDead(NOW.minusSeconds(40), 400, "/event_type must be a string")),
            Optional.empty(),
            4_300_000),
        RUNNER,
        Optional.of(NOW.minusMillis(1_500)));
  }

  private static SpoolReport idle() {
    return report(
        new SpoolStatus(
            new Books(0, 0, 0, 0, 0, 0, 0),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            4096),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void a_person_reads_everything_in_five_lines() {
    assertThat(busy().text().lines())
        .containsExactly(
            "spool         main: var/spool/spool.db; 1.0 MiB of 1.0 GiB; 4.1 MiB on disk",
            "books         taken 12,345 = delivered 12,000 + duplicate 3 + dead 2 + discarded 1 + pending 339",
            "pending       339; the oldest taken 4 min ago, tried 4 times, next attempt in 12 s",
            "dead letters  2; the last one 40 s ago: 400 /event_type must be a string",
            "runner        works: event-propagator (process 4711); heartbeat 1 s ago");
  }

  @Test
  void what_is_not_there_is_not_told() {
    assertThat(idle().text().lines())
        .containsExactly(
            "spool         main: var/spool/spool.db; 0 bytes of 1.0 GiB; 4.0 KiB on disk",
            "books         taken 0 = delivered 0 + duplicate 0 + dead 0 + discarded 0 + pending 0",
            "pending       0",
            "dead letters  0",
            "runner        none");
    assertThat(idle().figures().json())
        .isEqualTo(
            "{\"spool\":\"var/spool/spool.db\",\"name\":\"main\",\"taken\":0,\"delivered\":0,\"duplicate\":0,\"dead\":0,"
                + "\"discarded\":0,\"pending\":0,\"kept_bytes\":0,\"max_bytes\":1073741824,"
                + "\"file_bytes\":4096,\"running\":false}");
  }

  @Test
  void a_program_reads_the_same_as_figures() {
    assertThat(busy().figures().lines().lines())
        .containsExactly(
            "spool=var/spool/spool.db",
            "name=main",
            "taken=12345",
            "delivered=12000",
            "duplicate=3",
            "dead=2",
            "discarded=1",
            "pending=339",
            "oldest_age_seconds=240",
            "oldest_attempts=4",
            "next_attempt_seconds=12",
            "last_dead_age_seconds=40",
            "last_dead_status=400",
            "last_dead_reason=/event_type must be a string",
            "kept_bytes=1087296",
            "max_bytes=1073741824",
            "file_bytes=4300000",
            "running=true",
            "process=4711",
            "heartbeat_age_seconds=1");
  }

  @Test
  void what_is_set_aside_is_told_with_its_cause_and_its_next_attempt() {
    var aside =
        new AsideSummary(2, 1_200, NOW.minusSeconds(300), "answered 500", NOW.plusSeconds(40));
    SpoolReport report =
        report(
            new SpoolStatus(
                new Books(1_202, 0, 0, 0, 0, 1_202, 1_000),
                Optional.empty(),
                Optional.empty(),
                Optional.of(aside),
                4096),
            Optional.empty(),
            Optional.empty());

    assertThat(report.text().lines())
        .contains(
            "set aside     2, and 1,200 behind that have the same key; the first one 5 min ago:"
                + " answered 500; next attempt in 40 s");
    assertThat(report.figures().lines().lines())
        .contains(
            "aside=2",
            "behind_aside=1200",
            "aside_age_seconds=300",
            "aside_cause=answered 500",
            "aside_next_attempt_seconds=40");
  }

  @Test
  void a_watch_tells_the_rate_and_a_failing_delivery_its_error() {
    SpoolReport looked = busy();
    var failing = new LastError(NOW.minusSeconds(3), "away", Optional.empty());
    var over = new LastError(NOW.minusSeconds(300), "away", Optional.of(NOW.minusSeconds(20)));

    assertThat(with(looked, failing).text().lines())
        .contains("delivers      1,200 events/s", "last error    3 s ago: away");
    assertThat(with(looked, over).text().lines())
        .contains("last error    5 min ago: away; over since 20 s");
    assertThat(with(looked, over).figures().lines().lines())
        .contains(
            "delivered_per_second=1200",
            "last_error=away",
            "last_error_age_seconds=300",
            "last_error_over=true");
  }

  private static SpoolReport with(SpoolReport looked, LastError error) {
    return new SpoolReport(
        looked.spool(),
        looked.status(),
        new SpoolReport.Running(RUNNER, Optional.empty(), Optional.of(error), Optional.empty()),
        looked.maxBytes(),
        OptionalLong.of(1_200),
        NOW);
  }

  @Test
  void the_pace_tells_how_many_are_in_flight_and_may_be_and_when_one_asks_who_is_away() {
    var slow = new Pacing(3, 4, 8, OptionalInt.of(1_500), Optional.empty());
    var away = new Pacing(1, 1, 8, OptionalInt.empty(), Optional.of(NOW.plusSeconds(12)));
    var asked = new Pacing(1, 1, 8, OptionalInt.empty(), Optional.of(NOW.minusSeconds(1)));

    assertThat(at(slow).text().lines())
        .contains(
            "pace          3 in flight; 4 of 8 requests may be at once; at most 1,500 events/s");
    assertThat(at(away).text().lines())
        .contains(
            "pace          1 in flight; 1 of 8 requests may be at once; the consumer is away,"
                + " asked next in 12 s");
    assertThat(at(asked).text()).contains("the consumer is away, asked now");
    assertThat(at(slow).figures().lines())
        .endsWith(
            """
            in_flight=3
            in_flight_allowed=4
            in_flight_most=8
            rate_limit=1500
            consumer_away=false""");
    assertThat(at(away).figures().lines()).endsWith("consumer_away=true\nnext_ask_seconds=12");
  }

  private static SpoolReport at(Pacing pacing) {
    SpoolReport looked = busy();
    return new SpoolReport(
        looked.spool(),
        looked.status(),
        new SpoolReport.Running(RUNNER, Optional.empty(), Optional.empty(), Optional.of(pacing)),
        looked.maxBytes(),
        OptionalLong.empty(),
        NOW);
  }

  @Test
  void attempts_are_told_as_a_person_counts_them() {
    assertThat(pending(0, NOW)).endsWith("not tried yet");
    assertThat(pending(1, Instant.EPOCH)).endsWith("tried once, due now");
    assertThat(pending(1_000, NOW.plusSeconds(300)))
        .endsWith("tried 1,000 times, next attempt in 5 min");
  }

  private static String pending(int attempts, Instant due) {
    var oldest = Optional.of(new Oldest(NOW.plusSeconds(9), attempts, due)); // a clock set back
    var status =
        new SpoolStatus(
            new Books(1, 0, 0, 0, 0, 1, 9), oldest, Optional.empty(), Optional.empty(), 9);
    String line = report(status, RUNNER, Optional.empty()).text().lines().toList().get(2);
    assertThat(line).startsWith("pending       1; the oldest taken 0 s ago, ");
    return line;
  }
}
