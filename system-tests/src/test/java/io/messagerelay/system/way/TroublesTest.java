package io.messagerelay.system.way;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TroublesTest {
  private final AtomicLong ticker = new AtomicLong();

  @Test
  void one_request_of_so_many_is_struck_and_of_fewer_in_the_first_round() {
    var deal = new Deal(List.of(Fault.TOO_MANY, Fault.PAGE), 5, new SplittableRandom(7));

    List<Optional<Fault>> dealt = Stream.generate(deal::next).limit(14).toList();

    assertThat(dealt.subList(0, 2)).filteredOn(Optional::isPresent).hasSize(1);
    assertThat(dealt.subList(2, 4)).filteredOn(Optional::isPresent).hasSize(1);
    assertThat(dealt.subList(4, 9)).filteredOn(Optional::isPresent).hasSize(1);
    assertThat(dealt.subList(9, 14)).filteredOn(Optional::isPresent).hasSize(1);
  }

  @Test
  void each_kind_comes_in_every_round() {
    var deal = new Deal(List.of(Fault.TOO_MANY, Fault.PAGE), 5, new SplittableRandom(7));

    List<Optional<Fault>> dealt = Stream.generate(deal::next).limit(14).toList();

    List<Fault> faults = dealt.stream().flatMap(Optional::stream).toList();
    assertThat(faults.subList(0, 2)).containsExactlyInAnyOrder(Fault.TOO_MANY, Fault.PAGE);
    assertThat(faults.subList(2, 4)).containsExactlyInAnyOrder(Fault.TOO_MANY, Fault.PAGE);
  }

  @Test
  void what_takes_long_comes_first_in_every_fourth_round() {
    var deal = new Deal(List.of(Fault.PAGE, Fault.ANSWER_TOO_LATE), 1, new SplittableRandom(7));

    List<Fault> faults = Stream.generate(deal::next).limit(10).flatMap(Optional::stream).toList();

    assertThat(faults.subList(0, 2)).containsExactly(Fault.ANSWER_TOO_LATE, Fault.PAGE);
    assertThat(faults.subList(2, 5)).containsOnly(Fault.PAGE);
    assertThat(faults.subList(5, 7)).containsExactly(Fault.ANSWER_TOO_LATE, Fault.PAGE);
    assertThat(faults.subList(7, 10)).containsOnly(Fault.PAGE);
  }

  @Test
  void a_fault_that_struck_nobody_comes_next() {
    var deal = new Deal(List.of(Fault.PAGE, Fault.TWICE), 1, new SplittableRandom(7));
    Fault first = deal.next().orElseThrow();

    deal.giveBack(first);

    assertThat(deal.next()).contains(first);
    assertThat(deal.next()).isPresent().isNotEqualTo(Optional.of(first));
  }

  @Test
  void a_seed_decides_what_is_dealt() {
    assertThat(dealtWith(4)).isEqualTo(dealtWith(4)).isNotEqualTo(dealtWith(5));
  }

  private static List<Optional<Fault>> dealtWith(long seed) {
    Troubles troubles = Troubles.of(1_000, new SplittableRandom(seed));
    return Stream.generate(() -> troubles.strike(request("/event"))).limit(200).toList();
  }

  @Test
  void every_kind_is_dealt_within_the_first_requests() {
    assertThat(dealtWith(4).stream().flatMap(Optional::stream))
        .containsAll(Stream.of(Fault.values()).filter(TroublesTest::isDealt).toList());
  }

  /** The others are brought about by what a request holds. */
  private static boolean isDealt(Fault fault) {
    return fault.often() != Fault.Often.NEVER;
  }

  @Test
  void poison_stops_so_many_requests_each() {
    var poison = new Poison(Set.of(4, 6), 2, Duration.ofSeconds(10), ticker::get);

    assertThat(poison.stops(List.of(3, 5))).isFalse();
    assertThat(poison.stops(List.of(3, 4))).isTrue();
    assertThat(poison.stops(List.of(4, 6))).isTrue();
    assertThat(poison.stops(List.of(4))).isFalse();
    assertThat(poison.stops(List.of(4, 6))).isTrue();
    assertThat(poison.stops(List.of(4, 6))).isFalse();
    assertThat(poison.met()).isEqualTo(2);
  }

  @Test
  void poison_stops_nobody_for_longer_than_its_time() {
    var poison = new Poison(Set.of(4), 100, Duration.ofNanos(10), ticker::get);
    poison.stops(List.of(4));
    ticker.set(9);
    assertThat(poison.stops(List.of(4))).isTrue();
    ticker.set(10);
    assertThat(poison.stops(List.of(4))).isFalse();
  }

  @Test
  void poison_is_spread_over_the_run_and_half_of_it_has_a_key() {
    Set<Integer> items = Poison.among(20_000, new SplittableRandom(3));

    assertThat(Poison.among(3_000, new SplittableRandom(3))).hasSize(3);
    assertThat(items).hasSize(20).allMatch(item -> item >= 1 && item <= 16_001);
    assertThat(items.stream().filter(item -> item % 2 == 0)).hasSize(10);
    assertThat(items.stream().filter(item -> item <= 8_000)).hasSizeBetween(9, 11);
  }

  @Test
  void a_narrow_stops_larger_requests_for_a_while_and_never_an_event_alone() {
    var narrows = new Narrows();

    List<Boolean> ofThree = new ArrayList<>();
    IntStream.range(0, 120).forEach(_ -> ofThree.add(narrows.stops(3)));

    assertThat(ofThree).filteredOn(stops -> stops).hasSize(60);
    assertThat(IntStream.range(0, 120).filter(_ -> narrows.stops(1))).isEmpty();
  }

  @Test
  void a_request_is_read_with_the_numbers_of_its_items() {
    var request =
        new Request(
            "POST",
            "/event",
            Map.of(),
            ("[{\"event_type\":\"sample.12\",\"event_payload\":\"a sample.9\"},"
                    + "{\"event_type\":\"sample.7\"}]")
                .getBytes(UTF_8));

    assertThat(request.items()).containsExactly(12, 7);
  }

  private static Request request(String path) {
    return new Request("POST", path, Map.of(), new byte[0]);
  }
}
