package io.messagerelay.propagator.source;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
  void an_interval_of_zero_gives_as_many_as_are_wanted() throws Exception {
    Polled polled = source(Duration.ZERO).poll(null, 500);

    assertThat(polled.items()).hasSize(500);
    assertThat(polled.pause()).isZero();
  }

  @Test
  void every_element_is_picked_about_as_often() throws Exception {
    Polled polled = source(Duration.ZERO).poll(null, 4_000);

    Map<String, Long> counts =
        polled.items().stream().collect(groupingBy(SourceItem::place, counting()));
    assertThat(counts.keySet())
        .containsExactlyInAnyOrder("data.json[0]", "data.json[1]", "data.json[2]", "data.json[3]");
    assertThat(counts.values()).as("seed %d", SEED).allMatch(count -> count > 850 && count < 1_150);
  }

  @Test
  void the_source_is_named_after_its_file() throws Exception {
    assertThat(source(INTERVAL).name()).isEqualTo("data.json");
  }

  @Test
  void a_file_that_is_none_of_events_is_refused_at_once() {
    assertThatThrownBy(
            () -> RandomSource.open(folder.resolve("none"), INTERVAL, new Random(1), nanos::get))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("none does not exist");
  }

  @Test
  void the_sample_has_eleven_events() throws Exception {
    RandomSource source =
        RandomSource.open(Path.of("data/data.json"), INTERVAL, new Random(1), nanos::get);

    assertThat(source.name()).isEqualTo("data.json");
    assertThat(DataFile.read(Path.of("data/data.json"))).hasSize(11);
  }

  private RandomSource source(Duration interval) throws IOException, SourceException {
    Path file = Files.writeString(folder.resolve("data.json"), "[0,1,2,3]");
    return RandomSource.open(file, interval, new Random(SEED), nanos::get);
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
