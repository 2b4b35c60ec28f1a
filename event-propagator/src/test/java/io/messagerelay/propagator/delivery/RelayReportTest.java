package io.messagerelay.propagator.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.propagator.spool.Books;
import io.messagerelay.propagator.spool.ManualClock;
import io.messagerelay.propagator.spool.SpoolException;
import io.messagerelay.propagator.spool.SpoolHolding;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class RelayReportTest {
  private final ManualClock clock = new ManualClock();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 100);
  private long looks;

  private RelayReport report(String name, Supplier<SpoolHolding> spool) {
    return new RelayReport(
        name,
        () -> {
          looks++;
          return spool.get();
        },
        clock,
        nanos::get);
  }

  private static SpoolHolding holding(long pending, long dead, Optional<Instant> oldest) {
    return new SpoolHolding(new Books(pending + dead, 0, 0, dead, 0, pending, 0), 0, oldest, 0);
  }

  private String named(String name) {
    return report(name, () -> holding(0, 0, Optional.empty())).get().orElseThrow();
  }

  @Test
  void what_waits_is_told_with_the_age_of_the_oldest_and_the_dead_letters() {
    Instant taken = clock.instant().minusMillis(240_449);

    assertThat(report("host/main", () -> holding(339, 2, Optional.of(taken))).get())
        .contains("339;age=240.4;dead=2;name=\"host/main\"");
  }

  @Test
  void nothing_that_waits_has_no_age() {
    assertThat(named("host/main")).isEqualTo("0;dead=0;name=\"host/main\"");
  }

  @Test
  void a_clock_that_was_set_back_makes_no_negative_age() {
    Instant taken = clock.instant().plusSeconds(3_600);

    assertThat(report("host/main", () -> holding(1, 0, Optional.of(taken))).get())
        .contains("1;age=0.0;dead=0;name=\"host/main\"");
  }

  @Test
  void a_name_is_printable_ascii_of_at_most_100_characters_in_quotes() {
    assertThat(named("a\"b\\c/replay-ключ\n\u007f"))
        .isEqualTo("0;dead=0;name=\"a\\\"b\\\\c/replay-??????\"");
    assertThat(named("\"".repeat(150))).isEqualTo("0;dead=0;name=\"" + "\\\"".repeat(100) + "\"");
  }

  @Test
  void the_spool_is_looked_at_once_a_second_at_most() {
    RelayReport report = report("host/main", () -> holding(looks, 0, Optional.empty()));

    assertThat(report.get()).hasValueSatisfying(it -> assertThat(it).startsWith("1;"));
    nanos.addAndGet(Duration.ofMillis(999).toNanos());
    assertThat(report.get()).hasValueSatisfying(it -> assertThat(it).startsWith("1;"));
    nanos.addAndGet(Duration.ofMillis(1).toNanos());
    assertThat(report.get()).hasValueSatisfying(it -> assertThat(it).startsWith("2;"));
  }

  @Test
  void a_spool_that_cannot_be_read_reports_nothing_and_is_asked_again_a_second_later() {
    RelayReport report =
        report(
            "host/main",
            () -> {
              if (looks == 1) {
                throw new SpoolException("busy");
              }
              return holding(7, 0, Optional.empty());
            });

    assertThat(report.get()).isEmpty();
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(report.get()).contains("7;dead=0;name=\"host/main\"");
  }
}
