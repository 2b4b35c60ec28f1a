package io.messagerelay.consumer.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.store.StoredEvent;
import io.messagerelay.contract.Event;
import io.messagerelay.contract.Payload;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventFilterTest {

  @Test
  void leaves_nothing_out_when_nothing_is_asked_for() {
    assertThat(EventFilter.ALL.test(event("t", "k", "p"))).isTrue();
    assertThat(EventFilter.ALL.test(event("t", null, ""))).isTrue();
  }

  @Test
  void takes_a_type_that_is_named_or_begins_as_one_of_the_prefixes() {
    var filter = new EventFilter(List.of("user"), List.of("order.", "x"), null, null, null);

    assertThat(List.of("user", "order.", "order.paid", "x", "xylophone"))
        .allMatch(type -> filter.test(event(type, null, "p")));
    assertThat(List.of("users", "order", "Order.paid", "a.order.paid", "User", "user "))
        .noneMatch(type -> filter.test(event(type, null, "p")));
  }

  @Test
  void takes_only_the_key_itself() {
    var filter = new EventFilter(List.of(), List.of(), "k", null, null);

    assertThat(filter.test(event("t", "k", "p"))).isTrue();
    assertThat(filter.test(event("t", "K", "p"))).isFalse();
    assertThat(filter.test(event("t", "k ", "p"))).isFalse();
    assertThat(filter.test(event("t", null, "p"))).isFalse();
  }

  @Test
  void demands_all_that_is_asked_for() {
    var filter =
        new EventFilter(List.of("t"), List.of(), "k", "seven", pattern("{\"a\":\"seven\"}"));

    assertThat(filter.test(event("t", "k", "{\"a\":\"seven\"}"))).isTrue();
    assertThat(filter.test(event("u", "k", "{\"a\":\"seven\"}"))).isFalse();
    assertThat(filter.test(event("t", "l", "{\"a\":\"seven\"}"))).isFalse();
    assertThat(filter.test(event("t", "k", "{\"a\":\"s\\u0065ven\"}"))).isFalse();
    assertThat(filter.test(event("t", "k", "{\"b\":\"seven\"}"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "order 17 is paid, 17, true",
    "order 17 is paid, order, true",
    "order 17 is paid, PAID, true",
    "order 17 is paid, paid., false",
    "ORDER, order, true",
    "Zoë MÜLLER, müller, true",
    "Zoë MÜLLER, muller, false",
    "50% off_, %, true",
    "50 off, %, false",
    "a_b, _, true",
    "ab, a.*b, false",
    "short, shorter, false",
    "same, same, true",
    "𐐀, 𐐨, true",
  })
  void finds_text_as_it_is_written_in_either_case(String payload, String text, boolean found) {
    assertThat(new EventFilter(List.of(), List.of(), null, text, null).test(of(payload)))
        .isEqualTo(found);
  }

  @Test
  void finds_text_behind_a_nul_and_the_nul_itself() {
    String payload = "before\u0000behind";

    for (String text : List.of("behind", "\u0000", "e\u0000b")) {
      assertThat(new EventFilter(List.of(), List.of(), null, text, null).test(of(payload)))
          .isTrue();
    }
    var nul = new EventFilter(List.of(), List.of(), null, "\u0000", null);
    assertThat(nul.test(of("before"))).isFalse();
    assertThat(nul.test(of(""))).isFalse();
  }

  @Test
  void finds_nothing_in_an_event_that_was_erased() {
    var none = new Event("e", "t", new Payload(Payload.Kind.JSON, "null"), null, null);
    var erased = new StoredEvent(1, none, Instant.EPOCH, Instant.EPOCH);

    assertThat(new EventFilter(List.of(), List.of(), null, "null", null).test(erased)).isFalse();
    assertThat(containing("{}").test(erased)).isFalse();
    assertThat(EventFilter.ofTypes("t").test(erased)).isTrue();
  }

  @Test
  void reads_a_payload_of_either_kind() {
    var filter = containing("{\"a\":1}");

    assertThat(filter.test(of(Payload.ofString("{\"a\":1}")))).isTrue();
    assertThat(filter.test(of(new Payload(Payload.Kind.JSON, "{\"a\":1}")))).isTrue();
  }

  private static EventFilter containing(String pattern) {
    return new EventFilter(List.of(), List.of(), null, null, pattern(pattern));
  }

  private static PayloadPattern pattern(String json) {
    return PayloadPattern.of(json).orElseThrow();
  }

  private static StoredEvent of(String payload) {
    return event("t", null, payload);
  }

  private static StoredEvent of(Payload payload) {
    return new StoredEvent(1, new Event("a", "t", payload, null, null), Instant.EPOCH);
  }

  private static StoredEvent event(String type, @Nullable String key, String payload) {
    Event event = new Event("a", type, Payload.ofString(payload), key, null);
    return new StoredEvent(1, event, Instant.EPOCH);
  }
}
