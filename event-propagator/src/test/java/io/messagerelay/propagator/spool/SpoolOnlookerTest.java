package io.messagerelay.propagator.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolOnlookerTest {
  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();
  private SqliteSpool spool;
  private SpoolOnlooker onlooker;

  @BeforeEach
  void open() {
    spool = SqliteSpool.open(file(), new Lanes(1), new SpoolLimits(1L << 30, 0), clock);
    onlooker = new SpoolOnlooker(file());
  }

  @AfterEach
  void close() {
    onlooker.close();
    spool.close();
  }

  private Path file() {
    return folder.resolve("spool.db");
  }

  private static NewEntry event(String id) {
    return new NewEntry.Deliverable(id, null, "p", "{}".getBytes(UTF_8));
  }

  @Test
  void an_empty_spool_holds_nothing_and_has_no_oldest() {
    SpoolHolding holding = onlooker.look();

    assertThat(holding.books()).isEqualTo(spool.books());
    assertThat(holding.oldest()).isEmpty();
    assertThat(holding.age(clock.instant())).isEmpty();
  }

  @Test
  void each_look_sees_what_the_runner_has_done_before_it() {
    Instant first = clock.instant();
    assertThat(onlooker.look().books().taken()).isZero();
    spool.take("s", List.of(event("1"), event("2")), null);
    clock.advance(Duration.ofSeconds(7));
    spool.take("s", List.of(event("3")), null);

    assertThat(onlooker.look().books()).isEqualTo(spool.books());
    assertThat(onlooker.look().oldest()).contains(first);
    assertThat(onlooker.look().age(clock.instant())).contains(Duration.ofSeconds(7));

    SpooledEvent claimed = spool.claim(0, 0, 1, 1_000).getFirst();
    spool.aside().put(claimed, "it fails", clock.instant().plusSeconds(60));
    assertThat(onlooker.look().aside()).isEqualTo(1);
    spool.settle(List.of(new Settlement.Delivered(claimed)));
    assertThat(onlooker.look().aside()).isZero();
    assertThat(onlooker.look().books()).isEqualTo(spool.books());
    assertThat(onlooker.look().books().balanced()).isTrue();
  }

  @Test
  void the_log_has_the_size_of_its_file() throws IOException {
    spool.take("s", List.of(event("1")), null);

    assertThat(onlooker.look().logBytes())
        .isEqualTo(Files.size(folder.resolve("spool.db-wal")))
        .isPositive();
  }

  @Test
  void a_clock_that_was_set_back_makes_nothing_older_than_now() {
    spool.take("s", List.of(event("1")), null);
    clock.advance(Duration.ofHours(-1));

    assertThat(onlooker.look().age(clock.instant())).contains(Duration.ZERO);
  }

  @Test
  void one_that_is_closed_looks_no_more_and_does_not_keep_the_spool_from_closing() {
    onlooker.look();
    onlooker.close();

    assertThatThrownBy(onlooker::look)
        .isInstanceOf(SpoolException.class)
        .hasMessageContaining("closed");
    spool.close();
    assertThat(folder.resolve("spool.db-wal")).doesNotExist();
  }

  @Test
  void a_look_that_failed_is_no_reason_for_the_next_one_to_fail() throws IOException {
    spool.take("s", List.of(event("1")), null);
    Path elsewhere = folder.resolve("elsewhere.db");
    var early = new SpoolOnlooker(elsewhere);
    assertThatThrownBy(early::look).isInstanceOf(SpoolException.class);

    try (early;
        var late = SqliteSpool.open(elsewhere, new Lanes(1), new SpoolLimits(1L << 30, 0), clock)) {
      assertThat(early.look().books()).isEqualTo(late.books());
    }
  }
}
