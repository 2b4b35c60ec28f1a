package io.messagerelay.consumer.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.contract.Payload;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PayloadPatternTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // pattern | payload
        "{} | {}",
        "{} | {\"a\":1}",
        "{} | [{}]",
        "{\"a\":1} | {\"a\":1}",
        "{\"a\":1} |   {\"b\":2,\"a\":1}",
        "{\"a\":1} | {\"a\":1.0}",
        "{\"a\":100} | {\"a\":1e2}",
        "{\"a\":1E+2} | {\"a\":100.00}",
        "{\"a\":0.5} | {\"a\":5e-1}",
        "{\"a\":0} | {\"a\":-0.0e7}",
        "{\"a\":1e1000000000} | {\"a\":10e999999999}",
        "{\"a\":0.1e-0000000000000000000000001} | {\"a\":0.01}",
        "{\"a\":1e99999999999999999999} | {\"a\":1e99999999999999999999}",
        "{\"a\":\"x\"} | {\"a\":\"\\u0078\"}",
        "{\"\\u0061\":\"/\"} | {\"a\":\"\\/\"}",
        "{\"a\":null} | {\"a\":null}",
        "{\"a\":true} | {\"a\":true}",
        "{\"a\":{\"b\":1}} | {\"a\":{\"c\":2,\"b\":1}}",
        "{\"a\":{}} | {\"a\":{\"c\":2}}",
        "{\"a\":[]} | {\"a\":[1]}",
        "{\"a\":[]} | {\"a\":[]}",
        "{\"a\":[3,1]} | {\"a\":[1,2,3]}",
        "{\"a\":[1,1]} | {\"a\":[1]}",
        "{\"a\":[{\"b\":1}]} | {\"a\":[0,{\"b\":1,\"c\":2}]}",
        "{\"a\":1} | {\"a\":[2,1]}",
        "{\"a\":{\"b\":1}} | {\"a\":[{\"b\":2},{\"b\":1}]}",
        "{\"a\":1} | [{\"a\":2},{\"a\":1}]",
        "{\"a\":[[1]]} | {\"a\":[[2,1]]}",
        "{\"a\":2} | {\"a\":1,\"a\":2}",
        "{\"\":\"\"} | {\"\":\"\"}",
      })
  void is_in_a_payload_that_has_all_of_it(String pattern, String payload) {
    assertThat(isIn(pattern, payload)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | []",
        "{} | 1",
        "{} | text",
        "{} | \"{}\"",
        "{\"a\":1} | {}",
        "{\"a\":1} | {\"A\":1}",
        "{\"a\":1} | {\"b\":{\"a\":1}}",
        "{\"a\":1} | {\"a\":\"1\"}",
        "{\"a\":1} | {\"a\":-1}",
        "{\"a\":1} | {\"a\":10}",
        "{\"a\":1} | {\"a\":1.0000000000000000000001}",
        "{\"a\":0} | {\"a\":1e-400}",
        "{\"a\":9007199254740993} | {\"a\":9007199254740992}",
        "{\"a\":\"x\"} | {\"a\":\"X\"}",
        "{\"a\":\"x\"} | {\"a\":\"xy\"}",
        "{\"a\":null} | {}",
        "{\"a\":null} | {\"a\":0}",
        "{\"a\":true} | {\"a\":\"true\"}",
        "{\"a\":true} | {\"a\":1}",
        "{\"a\":{}} | {\"a\":[]}",
        "{\"a\":{}} | {\"a\":null}",
        "{\"a\":[]} | {\"a\":{}}",
        "{\"a\":[1]} | {\"a\":1}",
        "{\"a\":[1,4]} | {\"a\":[1,2,3]}",
        "{\"a\":[{\"b\":1,\"c\":2}]} | {\"a\":[{\"b\":1},{\"c\":2}]}",
        "{\"a\":1,\"b\":2} | [{\"a\":1},{\"b\":2}]",
        "{\"a\":1} | {\"a\":1",
        "{\"a\":1} | {\"a\":1}}",
        "{\"a\":1} | {\"a\":1} {\"a\":1}",
        "{\"a\":1} | {\"a\":01}",
        "{\"a\":1} | {'a':1}",
        "{\"a\":1} | {\"a\":1,}",
        "{\"a\":1} | {\"a\":2,\"a\":1,\"a\":2}",
      })
  void is_not_in_a_payload_that_lacks_some_of_it(String pattern, String payload) {
    assertThat(isIn(pattern, payload)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1",
        "\"a\"",
        "null",
        "[]",
        "[{\"a\":1}]",
        "{\"a\":1",
        "{\"a\":1}x",
        "{\"a\":1}{}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":NaN}",
        "{\"a\":01}",
        "{\"a\":1,}",
        "{\"a\":1,\"a\":1}",
        "{\"b\":{\"a\":1,\"\\u0061\":2}}",
        "{\"a\":\"\u0000\"}",
        "\uFEFF{}"
      })
  void is_one_object_written_to_the_letter(String json) {
    assertThat(PayloadPattern.of(json)).isEmpty();
  }

  @Test
  void is_bounded_in_length_number_of_values_and_depth() {
    String text = "x".repeat(PayloadPattern.LONGEST - "{\"a\":\"\"}".length());
    String values =
        IntStream.range(1, PayloadPattern.MOST_VALUES - 1)
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(","));

    assertThat(PayloadPattern.of("{\"a\":\"" + text + "\"}")).isPresent();
    assertThat(PayloadPattern.of("{\"a\":\"" + text + "x\"}")).isEmpty();
    assertThat(PayloadPattern.of("{\"a\":[" + values + "]}")).isPresent();
    assertThat(PayloadPattern.of("{\"a\":[" + values + ",0]}")).isEmpty();
    assertThat(PayloadPattern.of(nested(63))).isPresent();
    assertThat(PayloadPattern.of(nested(64))).isEmpty();
    assertThat(PayloadPattern.of(nested(10_000))).isEmpty();
  }

  @Test
  void is_not_looked_for_in_a_payload_that_is_nested_too_deeply() {
    assertThat(isIn("{\"a\":{}}", nested(63))).isTrue();
    assertThat(isIn("{\"a\":{}}", nested(64))).isFalse();
    assertThat(isIn("{\"a\":{}}", nested(10_000))).isFalse();
    assertThat(isIn("{\"a\":{}}", "[".repeat(250_000))).isFalse();
  }

  /** The names have one hash code; the numbers would take seconds to be computed with. */
  @Test
  void costs_little_in_payloads_made_to_be_costly() {
    String colliding =
        IntStream.range(0, 1 << 14)
            .mapToObj(
                i ->
                    IntStream.range(0, 14)
                        .mapToObj(bit -> (i >> bit & 1) == 0 ? "Aa" : "BB")
                        .collect(Collectors.joining("", "\"", "\":1")))
            .limit(7_000)
            .collect(Collectors.joining(",", "{", ",\"a\":1}"));
    String digits = "9".repeat(250_000);

    assertThat(isIn("{\"a\":1}", colliding)).isTrue();
    assertThat(isIn("{\"a\":1}", "{\"a\":" + digits + "}")).isFalse();
    assertThat(isIn("{\"a\":1}", "{\"a\":1e" + digits + "}")).isFalse();
    assertThat(isIn("{\"a\":1}", "{\"a\":10e-" + "0".repeat(250_000) + "1}")).isTrue();
    assertThat(isIn("{\"a\":[7,8]}", "{\"a\":[" + "1,".repeat(120_000) + "7]}")).isFalse();
  }

  private static String nested(int depth) {
    return "{\"a\":".repeat(depth) + "{}" + "}".repeat(depth);
  }

  private static boolean isIn(String pattern, String payload) {
    return PayloadPattern.of(pattern).orElseThrow().isIn(Payload.ofString(payload));
  }
}
