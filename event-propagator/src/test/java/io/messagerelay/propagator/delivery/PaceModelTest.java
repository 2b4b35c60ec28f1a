package io.messagerelay.propagator.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.propagator.delivery.PaceModel.Seen;
import io.messagerelay.propagator.delivery.PaceModel.Served;
import io.messagerelay.propagator.spool.Pacing;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How many requests are in flight with consumers of all kinds. */
class PaceModelTest {
  private static final Duration BEGIN = Duration.ofSeconds(10);

  private final Random random = new Random(7);

  /** Within a fifth of it. */
  private Duration about(double millis) {
    return Duration.ofNanos((long) (millis * (0.8 + 0.4 * random.nextDouble()) * 1e6));
  }

  /** Of a batch of 1 to 1,000 events, as many small ones as large ones. */
  private Duration ofAnyBatch() {
    return about(1 + 0.02 * Math.exp(random.nextDouble() * Math.log(1_000)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 8, 64})
  void a_consumer_that_is_well_has_all_lanes_whatever_the_batches_are(int lanes) {
    Seen seen = PaceModel.wide(lanes).serves(_ -> ofAnyBatch()).run(Duration.ofSeconds(30));

    assertThat(seen.used()).isGreaterThan(0.97);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 8, 64})
  void one_that_stalls_now_and_then_has_nearly_all(int lanes) {
    Seen seen =
        PaceModel.wide(lanes)
            .serves(at -> at.toMillis() % 2_000 < 10 ? Duration.ofMillis(300) : about(10))
            .run(Duration.ofSeconds(30));

    assertThat(seen.used()).isGreaterThan(0.97);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 64})
  void one_worker_for_all_lanes_is_as_steady(int lanes) {
    Seen seen =
        new PaceModel(lanes, new Served(1, Integer.MAX_VALUE))
            .serves(_ -> about(5))
            .run(Duration.ofSeconds(30));

    assertThat(seen.answers()).as("of 6,000").isGreaterThan(5_900);
  }

  @ParameterizedTest
  @CsvSource({"4, 5", "4, 100", "8, 5", "8, 100", "64, 5", "64, 100"})
  void one_that_is_five_times_slower_is_relieved_at_once_and_all_lanes_are_back_in_seconds(
      int lanes, double millis) {
    PaceModel model =
        PaceModel.wide(lanes)
            .serves(
                at -> {
                  long second = at.toSeconds();
                  return about(second >= 10 && second < 20 ? 5 * millis : millis);
                });
    model.run(BEGIN);
    List<Seen> slow = model.seconds(10);
    List<Seen> recovered = model.seconds(5);
    String table = "lanes " + lanes + ", " + millis + " ms: " + slow + recovered;

    assertThat(slow.subList(0, 2))
        .as(table)
        .anyMatch(second -> second.leastAllowed() <= 0.8 * lanes);
    assertThat(slow.subList(5, 10)).as(table).allMatch(second -> second.used() > 0.9);
    assertThat(recovered).as(table).allMatch(second -> second.used() > 0.9);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 10})
  void one_answer_that_takes_half_a_minute_costs_no_place_for_long(long second) {
    var slow = new boolean[] {true};
    PaceModel model =
        PaceModel.wide(4)
            .serves(
                at -> {
                  boolean slowest = slow[0] && at.toSeconds() >= second;
                  slow[0] &= !slowest;
                  return slowest ? Duration.ofSeconds(30) : about(10);
                });
    model.run(Duration.ofSeconds(second + 31));

    assertThat(model.run(Duration.ofSeconds(5)).used()).isGreaterThan(0.97);
  }

  @ParameterizedTest
  @CsvSource({"16, 6, 20", "8, 6, 20", "4, 3, 20", "64, 40, 200"})
  void one_that_takes_few_at_once_is_seldom_asked_for_more_and_serves_every_lane(
      int lanes, int atOnce, double millis) {
    PaceModel model = new PaceModel(lanes, new Served(atOnce, atOnce)).serves(_ -> about(millis));
    model.run(BEGIN);
    Seen seen = model.run(Duration.ofMinutes(2));

    double best = 120_000 / millis * atOnce;
    assertThat(seen.answers()).as("of %.0f", best).isGreaterThan((int) (0.85 * best));
    assertThat(seen.mostInFlight()).isLessThanOrEqualTo(atOnce + 2);
    assertThat(seen.failures()).as("of %d", seen.answers()).isLessThan(seen.answers() / 8);
    int most = Arrays.stream(model.answersOfLane).max().orElseThrow();
    int least = Arrays.stream(model.answersOfLane).min().orElseThrow();
    assertThat(least).as("of the lane with the fewest, of %d", most).isGreaterThan(most * 3 / 4);
  }

  @Test
  void after_an_outage_the_number_in_flight_grows_from_answer_to_answer() {
    PaceModel model = PaceModel.wide(64).serves(_ -> Duration.ofMillis(100));
    model.run(BEGIN);
    model.away(true);
    Seen outage = model.run(Duration.ofMinutes(10));
    assertThat(outage.failures()).isLessThan(64 + 100);
    assertThat(model.allowed()).isOne();
    model.away(false);
    while (model.run(Duration.ofMillis(1)).mostInFlight() == 0) {
      assertThat(model.allowed()).isOne();
    }

    for (int most = 1; most < 64; most *= 2) {
      assertThat(model.run(Duration.ofMillis(98)).mostInFlight()).isBetween((most + 1) / 2, most);
      model.run(Duration.ofMillis(2));
    }
    model.run(Duration.ofSeconds(3));

    assertThat(model.run(Duration.ofSeconds(1)).used()).isGreaterThan(0.95);
  }

  @Test
  void it_is_told_whether_the_consumer_is_away_and_when_it_is_asked_next() {
    PaceModel model = PaceModel.wide(4).serves(_ -> Duration.ofMillis(100));
    model.run(BEGIN);
    assertThat(model.look()).isEqualTo(new Pacing(4, 4, 4, OptionalInt.empty(), Optional.empty()));

    model.away(true);
    model.run(Duration.ofMinutes(10));
    Pacing away = model.look();
    assertThat(away.allowed()).isOne();
    assertThat(away.nextAsk().orElseThrow()).isBetween(model.now(), model.now().plusSeconds(30));

    model.away(false);
    model.run(Duration.ofSeconds(35));
    assertThat(model.look().nextAsk()).isEmpty();
  }
}
