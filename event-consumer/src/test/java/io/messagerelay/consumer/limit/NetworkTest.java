package io.messagerelay.consumer.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "192.0.2.1, ::ffff:192.0.2.1, true",
    "2001:db8:0:1::1, 2001:db8:0:1:ffff:ffff:ffff:ffff, true",
    "2001:db8:0:1::1, 2001:db8:0:2::1, false",
    "0.0.0.0, ::, false",
  })
  void an_ipv4_client_is_an_address_and_an_ipv6_one_a_64(String one, String other, boolean same) {
    assertThat(Network.parse(one).equals(Network.parse(other))).isEqualTo(same);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "1.2.3.4.5", "example.org", "12:34", "%"})
  void what_is_no_address_in_figures_is_none(String text) {
    assertThat(Network.parse(text)).isEmpty();
  }

  @Test
  void the_addresses_of_one_client_share_what_it_may_take() {
    var limit = new ConcurrencyLimit<Network>(1);
    assertThat(limit.enter(Network.parse("2001:db8::1").orElseThrow())).isTrue();

    assertThat(limit.enter(Network.parse("2001:db8::2").orElseThrow())).isFalse();
  }
}
