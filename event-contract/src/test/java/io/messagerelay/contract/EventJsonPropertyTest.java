package io.messagerelay.contract;

import static io.messagerelay.contract.Readings.JSON;
import static io.messagerelay.contract.Readings.bytes;
import static io.messagerelay.contract.Readings.valid;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonPropertyTest {
  private static final long SEED = 20261125;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000",
        "a\u0000b",
        "\u00e9",
        "e\u0301",
        "😀",
        "👩‍👩‍👧",
        "\uffff\ufffe",
        "\ud800\udc00",
        "\u2028",
        "\u007f"
      })
  void a_payload_is_given_back_exactly(String payload) {
    RandomEvents events = new RandomEvents(new Random(SEED));
    Event event = new Event("e1", "t", Payload.ofString(payload), null, null);

    for (int i = 0; i < 50; i++) {
      assertThat(valid(events.write(event)).payload().text()).isEqualTo(payload);
    }
  }

  @Test
  void an_event_is_the_same_however_it_is_written() {
    RandomEvents events = new RandomEvents(new Random(SEED));

    for (int i = 0; i < 1_000; i++) {
      Event event = events.next();
      String json = events.write(event);
      Event read = valid(json);

      assertThat(read).as("seed %d, event %d: %s", SEED, i, json).isEqualTo(event);
      assertThat(read.contentDigest()).isEqualTo(event.contentDigest());
    }
  }

  @Test
  void an_event_in_a_batch_reads_like_one_alone() {
    RandomEvents events = new RandomEvents(new Random(SEED));

    for (int i = 0; i < 200; i++) {
      List<Event> batch = List.of(events.next(), events.next(), events.next());
      String json = "[" + String.join(",", batch.stream().map(events::write).toList()) + "]";

      assertThat(JSON.readBody(bytes(json), null))
          .as("seed %d, batch %d: %s", SEED, i, json)
          .isEqualTo(
              new BodyReading.Batch(batch.stream().<Reading>map(Reading.Valid::new).toList()));
    }
  }

  @Test
  void an_event_goes_through_a_source_as_it_is() {
    RandomEvents events = new RandomEvents(new Random(SEED));

    for (int i = 0; i < 500; i++) {
      Event event = events.next();
      String json = events.write(event);

      assertThat(JSON.address(bytes(json), ItemId.OWN_OR_NEW))
          .as("seed %d, event %d: %s", SEED, i, json)
          .isInstanceOfSatisfying(
              Addressing.Addressed.class,
              addressed -> {
                assertThat(addressed.eventId()).isEqualTo(event.id());
                assertThat(addressed.eventKey()).isEqualTo(event.key());
                assertThat(valid(JSON.read(addressed.body(), null))).isEqualTo(event);
              });
    }
  }

  /** Whatever one byte becomes: nothing is thrown, and what is valid keeps to the rules. */
  @Test
  void a_byte_that_changed_is_a_reading_never_an_exception() {
    Random random = new Random(SEED);
    RandomEvents events = new RandomEvents(random);

    for (int i = 0; i < 1_500; i++) {
      byte[] json = bytes(events.write(events.next()));
      json[random.nextInt(json.length)] = (byte) random.nextInt(256);
      String where = "seed %d, event %d: %s".formatted(SEED, i, latin1(json));

      check(JSON.read(json, null), where);
      checkAddress(json, where);
      assertThat(JSON.readBody(json, null)).as(where).isNotNull();
    }
  }

  @Test
  void bytes_of_any_kind_are_a_reading_never_an_exception() {
    Random random = new Random(SEED);
    byte[] signs = bytes("{}[]\",:\\u0123ade event_id\u0000\n-+.E");

    for (int i = 0; i < 5_000; i++) {
      byte[] json = new byte[random.nextInt(40)];
      for (int at = 0; at < json.length; at++) {
        json[at] = signs[random.nextInt(signs.length)];
      }
      String where = "seed %d, bytes %d: %s".formatted(SEED, i, latin1(json));

      check(JSON.read(json, null), where);
      checkAddress(json, where);
      assertThat(JSON.readBody(json, null)).as(where).isNotNull();
    }
  }

  private static void check(Reading reading, String where) {
    switch (reading) {
      case Reading.Valid(Event event) -> {
        assertThat(EventIds.isValid(event.id())).as(where).isTrue();
        assertThat(event.type()).as(where).isNotEmpty();
      }
      case Reading.Faulty(_, List<Fault> faults, _) ->
          assertThat(faults)
              .as(where)
              .isNotEmpty()
              .allMatch(fault -> fault.text().length() <= 200)
              .noneMatch(fault -> fault.text().chars().anyMatch(Character::isISOControl));
      case Reading.TooLarge _ -> throw new AssertionError(where);
    }
  }

  /** Where a source's item can be sent, what is sent is one JSON object with that id. */
  private static void checkAddress(byte[] json, String where) {
    switch (JSON.address(json, ItemId.OWN_OR_NEW)) {
      case Addressing.Addressed addressed -> {
        assertThat(JSON.address(addressed.body(), ItemId.OWN_OR_NEW))
            .as(where)
            .isInstanceOfSatisfying(
                Addressing.Addressed.class,
                again -> {
                  assertThat(again.eventId()).isEqualTo(addressed.eventId());
                  assertThat(again.body()).isEqualTo(addressed.body());
                });
      }
      case Addressing.Unusable(List<Fault> faults) -> assertThat(faults).as(where).isNotEmpty();
    }
  }

  private static String latin1(byte[] json) {
    return new String(json, StandardCharsets.ISO_8859_1);
  }
}
