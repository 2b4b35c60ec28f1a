package io.messagerelay.consumer.http.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
  private final TrustedProxies proxies =
      TrustedProxies.parse("10.0.0.7, 192.168.0.0/16,fd00::/8 , ::1");

  @ParameterizedTest
  @CsvSource({
    "10.0.0.7, true",
    "::ffff:10.0.0.7, true",
    "10.0.0.8, false",
    "192.168.255.255, true",
    "192.169.0.0, false",
    "fd12:3456::1, true",
    "fe80::1, false",
    "::1, true",
    "127.0.0.1, false",
  })
  void an_address_is_trusted_when_it_is_named_or_in_a_range(String address, boolean trusted) {
    assertThat(proxies.contains(InetAddress.ofLiteral(address))).isEqualTo(trusted);
  }

  @Test
  void a_range_of_all_bits_or_none_is_one() {
    assertThat(TrustedProxies.parse("0.0.0.0/0").contains(InetAddress.ofLiteral("8.8.8.8")))
        .isTrue();
    assertThat(TrustedProxies.parse("8.8.8.8/32").contains(InetAddress.ofLiteral("8.8.8.9")))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "proxy",
        "localhost",
        "10.0.0.7,",
        "10.0.0",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/x",
        "fd00::/129",
        "/8",
        "10.0.0.7:80",
        "*"
      })
  void what_is_no_address_is_named(String text) {
    assertThatThrownBy(() -> TrustedProxies.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not an address or a range of addresses, as 10.0.0.7");
  }
}
