package io.messagerelay.propagator.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.propagator.spool.Heartbeat;
import io.messagerelay.propagator.spool.ManualClock;
import io.messagerelay.propagator.spool.PaceFile;
import io.messagerelay.propagator.spool.Pacing;
import io.messagerelay.propagator.spool.SpoolFolder;
import io.messagerelay.propagator.spool.SpoolOnlooker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HealthTest {
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  @TempDir Path path;
  private final ManualClock clock = new ManualClock();
  private final AtomicBoolean ending = new AtomicBoolean();
  private final AtomicBoolean paused = new AtomicBoolean();
  private final Health health = new Health(PATIENCE, ending::get, clock);
  private Heartbeat heartbeat;
  private PaceFile pace;
  private Vitals vitals;

  @BeforeEach
  void put() {
    var folder = new SpoolFolder(path);
    heartbeat = new Heartbeat(folder.heartbeatFile(), clock);
    pace = PaceFile.open(folder.paceFile());
    vitals = new Vitals(heartbeat, new SpoolOnlooker(folder.spoolFile()), pace, paused::get);
  }

  private void works() {
    health.begin(vitals);
    heartbeat.beat();
    pace.keep(new Pacing(1, 4, 5, OptionalInt.empty(), Optional.empty()));
  }

  private static String told(Answer answer) {
    return answer.status() + " " + answer.text().strip();
  }

  @Test
  void while_the_spool_is_opened_it_is_live_and_neither_started_nor_ready() {
    assertThat(told(health.live())).isEqualTo("200 live: starting");
    assertThat(told(health.started())).isEqualTo("503 not started: the spool is being opened");
    assertThat(told(health.ready())).isEqualTo("503 not ready: starting");
  }

  @Test
  void with_young_steps_all_is_well() {
    works();
    clock.advance(PATIENCE);

    assertThat(told(health.live())).isEqualTo("200 live");
    assertThat(told(health.started())).isEqualTo("200 started");
    assertThat(told(health.ready())).isEqualTo("200 ready");
  }

  @Test
  void loops_that_hang_are_neither_live_nor_ready() {
    works();
    clock.advance(PATIENCE.plusSeconds(1));

    assertThat(told(health.live())).isEqualTo("503 not live: the last step was made 46 s ago");
    assertThat(told(health.ready())).isEqualTo("503 not ready: the last step was made 46 s ago");
    assertThat(told(health.started())).isEqualTo("200 started");

    heartbeat.beat();
    assertThat(told(health.live())).isEqualTo("200 live");
  }

  @Test
  void loops_that_never_made_a_step_hang_as_well() {
    health.begin(vitals);
    clock.advance(PATIENCE.plusSeconds(1));

    assertThat(told(health.live())).isEqualTo("503 not live: the last step was made 46 s ago");
  }

  @Test
  void a_consumer_that_is_away_is_told_and_is_no_illness_of_ours() {
    health.begin(vitals);
    assertThat(told(health.ready())).isEqualTo("200 ready; the consumer has not answered yet");

    pace.keep(
        new Pacing(
            0,
            1,
            5,
            OptionalInt.empty(),
            Optional.of(clock.instant().plus(Duration.ofSeconds(12)))));
    assertThat(told(health.ready()))
        .isEqualTo("200 ready; the consumer is away, asked next in 12 s");
    clock.advance(Duration.ofSeconds(12));
    assertThat(told(health.ready())).isEqualTo("200 ready; the consumer is away, asked now");
    assertThat(told(health.live())).isEqualTo("200 live");
  }

  @Test
  void a_source_that_is_paused_is_told() {
    works();
    paused.set(true);

    assertThat(told(health.ready())).isEqualTo("200 ready; nothing is taken for want of room");
  }

  @Test
  void who_ends_is_not_ready_and_is_not_to_be_killed_for_it() {
    works();
    ending.set(true);
    clock.advance(PATIENCE.multipliedBy(2));

    assertThat(told(health.ready())).isEqualTo("503 not ready: ending");
    assertThat(told(health.live())).isEqualTo("200 live: ending");
  }
}
