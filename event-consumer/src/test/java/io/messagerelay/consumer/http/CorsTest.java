package io.messagerelay.consumer.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be set; what is answered is {@code CorsIT}. */
class CorsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://a.example",
        "https://a.example,http://localhost:3000",
        "HTTPS://A.Example:443 , http://[::1]:8080"
      })
  void origins_are_a_scheme_a_host_and_perhaps_a_port(String text) {
    assertThatCode(() -> Cors.parse(text)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "a.example",
        "https://",
        "https://a.example/",
        "https://a.example/app",
        "https://a.example?q",
        "https://user@a.example",
        "https://*.example",
        "ftp://a.example",
        "null",
        "https://a.example,",
        "https://a.example http://b.example"
      })
  void anything_else_is_named(String text) {
    assertThatThrownBy(() -> Cors.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not an origin, as https://a.example");
  }
}
