package io.messagerelay.propagator.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.messagerelay.propagator.spool.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomSourceTest {
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final long SEED = 42;

  @TempDir Path folder;

  // Begins shortly before the ticker overflows, as it may.
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);

  @Test
  void the_first_pick_comes_at_once_and_the_next_after_the_interval() throws Exception {
    RandomSource source = source(INTERVAL);

    assertPick(source, Duration.ofSeconds(10));
    assertNothing(source, Duration.ofSeconds(10));
    pass(Duration.ofSeconds(4));
    assertNothing(source, Duration.ofSeconds(6));
    pass(Duration.ofSeconds(6));
    assertPick(source, Duration.ofSeconds(10));
  }

  @Test
  void late_polls_do_not_shift_the_beat() throws Exception {
    RandomSource source = source(INTERVAL);
    assertPick(source, Duration.ofSeconds(10));

    pass(Duration.ofSeconds(13));
    assertPick(source, Duration.ofSeconds(7));
    pass(Duration.ofSeconds(9));
    assertPick(source, Duration.ofSeconds(8));
  }

  @Test
  void beats_that_passed_unused_are_not_made_up_for() throws Exception {
    RandomSource source = source(INTERVAL);
    assertPick(source, Duration.ofSeconds(10));

    pass(Duration.ofSeconds(3_605));
    assertPick(source, Duration.ofSeconds(5));
    assertNothing(source, Duration.ofSeconds(5));
  }

  @Test
  void every_element_is_picked_about_as_often() throws Exception {
    RandomSource source = source(INTERVAL);
    var counts = new HashMap<String, Integer>();

    for (int i = 0; i < 4_000; i++) {
      counts.merge(source.poll(null, 500).items().getFirst().place(), 1, Integer::sum);
      pass(INTERVAL);
    }

    assertThat(counts.keySet())
        .containsExactlyInAnyOrder("data.json[0]", "data.json[1]", "data.json[2]", "data.json[3]");
    assertThat(counts.values()).as("seed %d", SEED).allMatch(count -> count > 850 && count < 1_150);
  }

  @Test
  void a_cron_expression_picks_at_its_times_and_leaves_out_those_that_passed() throws Exception {
    var clock = new ManualClock(); // 2026-03-01T08:00:00Z
    RandomSource source = source(new Schedule.At("30 9 * * *").begin(clock, nanos::get));

    assertNothing(source, Duration.ofMinutes(1));
    clock.advance(Duration.ofMinutes(89).plusSeconds(50));
    assertNothing(source, Duration.ofSeconds(10));
    clock.advance(Duration.ofSeconds(10));
    assertPick(source, Duration.ofMinutes(1));
    assertNothing(source, Duration.ofMinutes(1));

    clock.advance(Duration.ofDays(3));
    assertPick(source, Duration.ofMinutes(1));
    assertNothing(source, Duration.ofMinutes(1));
  }

  @Test
  void a_clock_that_is_set_back_does_not_hold_up_the_next_time() throws Exception {
    var clock = new ManualClock();
    clock.advance(Duration.ofDays(30));
    RandomSource source = source(new Schedule.At("* * * * *").begin(clock, nanos::get));
    clock.advance(Duration.ofDays(-30));
    assertNothing(source, Duration.ofMinutes(1));

    clock.advance(Duration.ofMinutes(1));
    assertPick(source, Duration.ofMinutes(1));
  }

  @Test
  void the_source_is_named_after_its_file() throws Exception {
    assertThat(source(INTERVAL).name()).isEqualTo("data.json");
  }

  @Test
  void a_file_that_is_none_of_events_is_refused_at_once() {
    assertThatThrownBy(
            () -> RandomSource.open(folder.resolve("none"), every(INTERVAL), new Random(1)))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("none does not exist");
  }

  @Test
  void the_sample_has_eleven_events() throws Exception {
    RandomSource source =
        RandomSource.open(Path.of("data/data.json"), every(INTERVAL), new Random(1));

    assertThat(source.name()).isEqualTo("data.json");
    assertThat(DataFile.read(Path.of("data/data.json"))).hasSize(11);
  }

  private RandomSource source(Duration interval) throws IOException, SourceException {
    return source(every(interval));
  }

  private RandomSource source(Beats beats) throws IOException, SourceException {
    Path file = Files.writeString(folder.resolve("data.json"), "[0,1,2,3]");
    return RandomSource.open(file, beats, new Random(SEED));
  }

  private Beats every(Duration interval) {
    return new Schedule.Every(interval).begin(Clock.systemUTC(), nanos::get);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static void assertPick(RandomSource source, Duration pause) {
    Polled polled = source.poll(null, 500);
    assertThat(polled.items()).hasSize(1);
    assertThat(polled.pause()).isEqualTo(pause);
    assertThat(polled.progress()).isNull();
  }

  private static void assertNothing(RandomSource source, Duration pause) {
    assertThat(source.poll(null, 500)).isEqualTo(new Polled(List.of(), null, pause));
  }
}
