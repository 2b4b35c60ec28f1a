package io.messagerelay.contract;

import static io.messagerelay.contract.Readings.bytes;
import static io.messagerelay.contract.Readings.read;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlimpseTest {
  private static Glimpse glimpse(Reading reading) {
    if (reading instanceof Reading.Faulty faulty) {
      return faulty.glimpse();
    }
    throw new AssertionError(reading);
  }

  @Test
  void a_refused_event_shows_its_type_and_its_beginning() {
    String event = "{\"event_type\":\"t\",\"event_payload\":7}";

    assertThat(glimpse(read(event))).isEqualTo(new Glimpse("t", event));
    assertThat(glimpse(read("{\"event_type\":\" \"}")).type()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "ä", "€", "😀"})
  void a_beginning_is_a_kibibyte_at_most_and_ends_between_characters(String sign) {
    for (String before : new String[] {"", "x", "xx", "xxx"}) {
      String whole = before + sign.repeat(2_000);
      String beginning = Glimpse.beginning(JsonText.of(bytes(whole)));

      assertThat(whole).startsWith(beginning);
      assertThat(bytes(beginning).length).isBetween(1_021, 1_024);
    }
  }
}
