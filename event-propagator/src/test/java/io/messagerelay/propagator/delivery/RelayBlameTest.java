package io.messagerelay.propagator.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How a lane finds the event of which the consumer fails, and whom it blames. */
class RelayBlameTest extends OneLane {
  @Test
  void event_of_which_the_consumer_fails_is_found_by_halving_and_set_aside() throws Exception {
    consumer.failsOn("id-1");
    take(1, 200);

    advance(MINUTE);

    assertThat(consumer.batchSizes).startsWith(100, 100, 50, 25, 12, 6, 3, 1, 1, 1);
    assertThat(consumer.stored()).isEqualTo(ids(2, 200));
    assertThat(spool.books().pending()).isEqualTo(1);
    assertThat(spool.aside().due()).isPresent();
    assertThat(alarms.lines())
        .contains(
            "WARN set aside after 10 attempts, so that others pass: id-1 from data.json[1]:"
                + " answered 500");
  }

  @Test
  void several_of_which_the_consumer_fails_hold_up_no_others() throws Exception {
    List.of(3, 4, 5, 77, 99, 180).forEach(number -> consumer.failsOn("id-" + number));
    take(1, 200);

    advance(MINUTE);

    assertThat(consumer.stored())
        .hasSize(194)
        .isSortedAccordingTo(Comparator.comparingInt(RelayBlameTest::number));
    assertThat(spool.books().pending()).isEqualTo(6);
  }

  @Test
  void only_those_of_its_key_wait_for_an_event_that_is_set_aside() throws Exception {
    spool.take(
        "file",
        IntStream.rangeClosed(1, 90).mapToObj(i -> entry(i, "key-" + i % 3)).toList(),
        null);
    consumer.failsOn("id-10");

    advance(MINUTE);

    assertThat(consumer.stored())
        .containsExactlyElementsOf(
            ids(1, 90).stream().filter(id -> number(id) % 3 != 1 || number(id) < 10).toList());
  }

  @Test
  void consumer_that_fails_on_everything_has_few_events_set_aside() throws Exception {
    consumer.answers(new Delivery.Deferred("500", Optional.empty()));
    take(1, 100);

    advance(HOUR);
    assertThat(aside()).hasSizeBetween(4, 20);

    consumer.back();
    advance(MINUTE);
    assertThat(consumer.stored()).hasSize(100 - aside().size());
  }

  @Test
  void consumer_that_asks_for_time_or_is_away_has_no_event_set_aside() throws Exception {
    take(1, 100);
    for (Delivery delivery :
        List.of(
            new Delivery.Deferred("503", Optional.of(Duration.ofSeconds(1))),
            new Delivery.Away("429", Optional.empty()),
            new Delivery.Held("403"))) {
      consumer.answers(delivery);
      advance(HOUR);
    }

    assertThat(aside()).isEmpty();
    consumer.back();
    advance(MINUTE);
    assertThat(consumer.stored()).isEqualTo(ids(1, 100));
  }

  private List<String> aside() {
    return alarms.lines().stream().filter(line -> line.contains("set aside")).toList();
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring(3));
  }
}
