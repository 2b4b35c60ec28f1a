package io.messagerelay.consumer.http.connection;

import static io.messagerelay.consumer.http.connection.ClientAddress.Header.FORWARDED;
import static io.messagerelay.consumer.http.connection.ClientAddress.Header.X_FORWARDED_FOR;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Asked by the proxy 10.0.0.1, before which another trusted one may stand. */
class ClientAddressTest {
  private static final InetAddress PROXY = InetAddress.ofLiteral("10.0.0.1");
  private static final TrustedProxies PROXIES = TrustedProxies.parse("10.0.0.0/24, fd00::/8");

  private static String behind(ClientAddress.Header header, String... values) {
    return new ClientAddress(PROXIES, header).behind(PROXY, List.of(values)).getHostAddress();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.9 | 203.0.113.9",
        "203.0.113.9, 10.0.0.2 | 203.0.113.9",
        "198.51.100.1, 203.0.113.9 | 203.0.113.9",
        "10.0.0.9, 203.0.113.9, 10.0.0.2 | 203.0.113.9",
        "10.0.0.3, 10.0.0.2 | 10.0.0.3",
        "203.0.113.9:4711 | 203.0.113.9",
        "2001:db8::9 | 2001:db8:0:0:0:0:0:9",
        "[2001:db8::9]:4711 | 2001:db8:0:0:0:0:0:9",
        "[2001:db8::9] | 2001:db8:0:0:0:0:0:9",
        "203.0.113.9, unknown | 10.0.0.1",
        "203.0.113.9, unknown, 10.0.0.2 | 10.0.0.2",
        "203.0.113.9, | 10.0.0.1",
        "example.org | 10.0.0.1",
        "'' | 10.0.0.1",
      })
  void the_client_is_the_right_most_that_is_no_trusted_proxy(String value, String client) {
    assertThat(behind(X_FORWARDED_FOR, value)).isEqualTo(client);
  }

  @Test
  void lines_of_one_header_are_one_list() {
    assertThat(behind(X_FORWARDED_FOR, "198.51.100.1", "203.0.113.9", "10.0.0.2"))
        .isEqualTo("203.0.113.9");
  }

  @Test
  void a_proxy_that_says_nothing_is_the_client() {
    assertThat(behind(X_FORWARDED_FOR)).isEqualTo("10.0.0.1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "for=203.0.113.9 | 203.0.113.9",
        "proto=https;For=203.0.113.9;by=10.0.0.1 | 203.0.113.9",
        "for=198.51.100.1, for=203.0.113.9;host=x | 203.0.113.9",
        "for=203.0.113.9, for=10.0.0.2 | 203.0.113.9",
        "for=\"[2001:db8::9]:4711\" | 2001:db8:0:0:0:0:0:9",
        "for=198.51.100.1;host=\"a,b;for=1.1.1.1\", for=203.0.113.9 | 203.0.113.9",
        "for=203.0.113.9, for=_hidden | 10.0.0.1",
        "for=203.0.113.9, by=10.0.0.2 | 10.0.0.1",
        "203.0.113.9 | 10.0.0.1",
      })
  void rfc_7239_is_read_the_same_way(String value, String client) {
    assertThat(behind(FORWARDED, value)).isEqualTo(client);
  }
}
