package io.messagerelay.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.contract.Event;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ShopEventsTest {
  private static final int MANY = 100_000;

  private static List<Event> many() {
    return LongStream.rangeClosed(1, MANY).mapToObj(ShopEvents::event).toList();
  }

  private static double share(List<Event> events, String text) {
    return events.stream().filter(event -> event.payload().text().contains(text)).count()
        / (double) events.size();
  }

  @Test
  void types_are_as_frequent_as_their_rank_says() {
    Map<String, Long> types =
        many().stream().collect(Collectors.groupingBy(Event::type, Collectors.counting()));

    assertThat(types).hasSize(20);
    long first = types.getOrDefault(ShopEvents.typeOfRank(0), 0L);
    assertThat(first).isBetween(27_000L, 29_000L);
    for (int rank = 1; rank < 20; rank++) {
      double expected = first / (rank + 1.0);
      assertThat(types.getOrDefault(ShopEvents.typeOfRank(rank), 0L).doubleValue())
          .isBetween(0.9 * expected, 1.1 * expected);
    }
  }

  @Test
  void ids_are_in_order_and_each_its_own() {
    assertThat(many()).extracting(Event::id).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void one_in_a_hundred_thousand_is_rare() {
    List<Event> rare =
        many().stream()
            .filter(
                event ->
                    ShopEvents.RARE_KEY.equals(event.key())
                        || event.payload().text().contains(ShopEvents.RARE_TEXT)
                        || event.payload().text().contains("\"IS\""))
            .toList();

    assertThat(rare).containsExactly(ShopEvents.event(MANY));
    assertThat(rare.getFirst().payload().text())
        .contains(ShopEvents.RARE_TEXT, "\"country\":\"" + ShopEvents.RARE_COUNTRY + "\"");
  }

  @Test
  void texts_and_keys_are_as_frequent_as_is_said() {
    List<Event> many = many();

    assertThat(share(many, ShopEvents.FREQUENT_TEXT)).isBetween(0.32, 0.35);
    assertThat(share(many, "\"country\":\"" + ShopEvents.FREQUENT_COUNTRY)).isBetween(0.49, 0.51);
    assertThat(many.stream().map(Event::key).distinct().count()).isBetween(9_990L, 10_001L);
    assertThat(many.stream().mapToInt(event -> event.payload().text().length()).average().orElse(0))
        .isBetween(180.0, 220.0);
  }
}
