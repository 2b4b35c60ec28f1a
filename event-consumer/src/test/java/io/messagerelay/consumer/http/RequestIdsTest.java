package io.messagerelay.consumer.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdsTest {
  private final RequestIds ids = new RequestIds(0x0123456789abcdefL);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "7d0f-4b.x_Y",
        "0000000000000000000000000000000000000000000000000000000000000064"
      })
  void a_harmless_id_is_taken_as_it_is(String given) {
    assertThat(ids.idOf(given)).isEqualTo(given);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a\nb",
        "a\"b",
        "h\u00f6",
        "<a>",
        "00000000000000000000000000000000000000000000000000000000000000065"
      })
  void another_one_is_replaced(String given) {
    assertThat(ids.idOf(given)).isEqualTo("0123456789abcdef");
  }

  @Test
  void made_ones_differ_and_are_equally_long() {
    assertThat(ids.idOf(null)).isEqualTo("0123456789abcdef");
    assertThat(ids.idOf(null)).isEqualTo("0123456789abcdf0");
    assertThat(new RequestIds(-1).idOf(null)).isEqualTo("ffffffffffffffff");
    assertThat(new RequestIds(0).idOf(null)).isEqualTo("0000000000000000");
  }
}
