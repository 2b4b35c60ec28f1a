package io.messagerelay.consumer.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBodyTest {

  private static Optional<Map<String, List<String>>> decode(String body) {
    return TokenBody.decode(body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void decodes_names_and_values() {
    assertThat(decode("user%6Eame=a+b%2B%26%3D&p%C3%A9=%F0%9F%94%91&raw=é&a=b=c"))
        .contains(
            Map.of(
                "username", List.of("a b+&="),
                "pé", List.of("🔑"),
                "raw", List.of("é"),
                "a", List.of("b=c")));
  }

  @Test
  void keeps_repetitions_and_empty_values() {
    assertThat(decode("&a=1&b=&a=2&&c&"))
        .contains(Map.of("a", List.of("1", "2"), "b", List.of(""), "c", List.of("")));
  }

  @Test
  void finds_no_parameter_in_an_empty_body() {
    assertThat(decode("")).contains(Map.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=%",
        "a=%1",
        "a=%zz",
        "a=%+1",
        "a=%-1",
        "a=%u0041",
        "%=a",
        "a=%C3",
        "a=%C3%28",
        "a=%ED%A0%80",
        "a=%C0%80",
        "a=%FF"
      })
  void refuses_what_is_not_percent_encoded_utf_8(String body) {
    assertThat(decode(body)).isEmpty();
  }

  @Test
  void refuses_raw_bytes_that_are_not_utf_8() {
    assertThat(TokenBody.decode("a=é".getBytes(StandardCharsets.ISO_8859_1))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-www-form-urlencoded",
        "Application/X-WWW-Form-URLencoded",
        "application/x-www-form-urlencoded;charset=UTF-8",
        "application/x-www-form-urlencoded; charset=\"utf-8\"",
      })
  void knows_a_form_by_its_content_type(String contentType) {
    assertThat(TokenBody.isForm(contentType)).isTrue();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "*/*",
        "application/*",
        "application/json",
        "multipart/form-data; boundary=x",
        "text/plain",
        "application/x-www-form-urlencoded; charset=iso-8859-1",
        "application/x-www-form-urlencoded2",
        "nonsense",
      })
  void takes_nothing_else_for_a_form(String contentType) {
    assertThat(TokenBody.isForm(contentType)).isFalse();
  }
}
