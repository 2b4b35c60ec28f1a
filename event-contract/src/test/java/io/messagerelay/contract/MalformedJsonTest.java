package io.messagerelay.contract;

import static io.messagerelay.contract.Readings.JSON;
import static io.messagerelay.contract.Readings.bytes;
import static io.messagerelay.contract.Readings.faults;
import static io.messagerelay.contract.Readings.read;
import static io.messagerelay.contract.Readings.valid;
import static io.messagerelay.contract.Readings.with;
import static io.messagerelay.contract.Readings.withType;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that are not JSON, not UTF-8 or out of all proportion. */
class MalformedJsonTest {
  private static final String NOT_JSON = "must be JSON, but is not (line 1, column %d)";
  private static final String NOT_UTF8 =
      "must be UTF-8 without a byte order mark (line 1, column %d)";
  private static final String NAMES =
      "must not have a name of more than 1,000 bytes, nor too many names";

  @ParameterizedTest
  @MethodSource
  void a_document_that_is_not_json_is_one_fault_at_its_place(String document, int column) {
    assertThat(faults(document)).containsExactly(NOT_JSON.formatted(column));
  }

  static Stream<Arguments> a_document_that_is_not_json_is_one_fault_at_its_place() {
    return Stream.of(
        Arguments.of("x", 1),
        Arguments.of("]", 1),
        Arguments.of("'a'", 1),
        Arguments.of("\f{}", 1),
        Arguments.of("\u00a0{}", 2),
        Arguments.of("/* */{}", 1),
        Arguments.of("// \n{}", 1),
        Arguments.of("# \n{}", 1),
        Arguments.of("{,}", 2),
        Arguments.of("{'a':1}", 2),
        Arguments.of("{a:1}", 2),
        Arguments.of("{1:1}", 2),
        Arguments.of("{null:1}", 2),
        Arguments.of("{\u0000", 2),
        Arguments.of("{\"\u0001\":1}", 3),
        Arguments.of("{\"\\x\":1}", 4));
  }

  @ParameterizedTest
  @MethodSource
  void a_value_that_is_not_json_ends_the_reading(String value, int column) {
    String before = "{\"z\":0,\"v\":";

    assertThat(faults(before + value + ",\"y\":1}"))
        .startsWith("/z is not a member of an event")
        .endsWith(NOT_JSON.formatted(before.length() + column))
        .doesNotContain("/y is not a member of an event");
  }

  static Stream<Arguments> a_value_that_is_not_json_ends_the_reading() {
    return Stream.of(
        Arguments.of("x", 2),
        Arguments.of("nul", 4),
        Arguments.of("nulL", 5),
        Arguments.of("TRUE", 5),
        Arguments.of("True", 5),
        Arguments.of("undefined", 10),
        Arguments.of("NaN", 3),
        Arguments.of("Infinity", 8),
        Arguments.of("-Infinity", 9),
        Arguments.of("01", 1),
        Arguments.of("-01", 2),
        Arguments.of("+1", 2),
        Arguments.of(".5", 1),
        Arguments.of("1.", 3),
        Arguments.of("1e", 3),
        Arguments.of("1e+", 4),
        Arguments.of("-", 2),
        Arguments.of("0x1F", 2),
        Arguments.of("1_000", 2),
        Arguments.of("1L", 2),
        Arguments.of("'a'", 1),
        Arguments.of("\"a\nb\"", 3),
        Arguments.of("\"a\tb\"", 3),
        Arguments.of("\"\u0000\"", 2),
        Arguments.of("\"\u001f\"", 2),
        Arguments.of("\"\\a\"", 3),
        Arguments.of("\"\\'\"", 3),
        Arguments.of("\"\\u12G4\"", 6),
        Arguments.of("\"\\U0041\"", 3),
        Arguments.of("\"\\u{41}\"", 4),
        Arguments.of("[1,]", 4),
        Arguments.of("[,1]", 2),
        Arguments.of("[1,,2]", 4),
        Arguments.of("[1 2]", 4),
        Arguments.of("[1}", 3),
        Arguments.of("{\"a\":1,}", 8),
        Arguments.of("{\"a\"}", 5),
        Arguments.of("{\"a\",1}", 5),
        Arguments.of("{\"a\"::1}", 6),
        Arguments.of("{\"a\":}", 6),
        Arguments.of("{\"a\":1]", 7),
        Arguments.of("{\"a\":1;\"b\":2}", 7),
        Arguments.of("{\"a\":1 \"b\":2}", 8),
        Arguments.of("{\"a\":1,,\"b\":2}", 8),
        Arguments.of("1 /* one */", 3),
        Arguments.of("\"a\" \"b\"", 5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"",
        "{\"z",
        "{\"z\"",
        "{\"z\":",
        "{\"z\":1",
        "{\"z\":\"a",
        "{\"z\":\"\\",
        "{\"z\":\"\\u00",
        "{\"z\":[",
        "{\"z\":[1",
        "{\"z\":{",
        "{\"z\":-"
      })
  void a_document_that_is_cut_off_is_one_fault_at_its_end(String document) {
    assertThat(faults(document))
        .last()
        .isEqualTo("must be JSON, but ends too early (line 1, column " + document.length() + ")");
  }

  @Test
  void an_event_that_is_cut_off_anywhere_is_not_valid() {
    byte[] whole = bytes(with("\"event_id\":\"\\u00e4ö😀\""));
    valid(JSON.read(whole, null));

    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThat(faults(JSON.read(part, null))).as("first %d bytes", length).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t\r "})
  void a_document_of_blanks_is_a_fault(String document) {
    assertThat(faults(document)).containsExactly("must be JSON, but there is nothing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "null", "true", "\"a\"", "[]", "[{}]", "[[[]]]"})
  void a_document_that_is_no_object_is_a_fault(String document) {
    assertThat(faults(document)).containsExactly("must be a JSON object");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "1", "null", "\"a\"", "[]"})
  void what_follows_the_event_is_a_fault(String second) {
    String event = withType("\"t\"");

    assertThat(faults(event + " \n " + second))
        .containsExactly("must end after the first JSON value (line 2, column 2)");
    assertThat(faults(event + "}")).containsExactly(NOT_JSON.formatted(event.length() + 1));
    assertThat(faults(event + " x")).containsExactly(NOT_JSON.formatted(event.length() + 2));
    assertThat(faults(event + "\u0000")).containsExactly(NOT_JSON.formatted(event.length() + 1));
  }

  @Test
  void a_place_counts_lines_and_characters() {
    assertThat(faults("{\n \"ä€😀\": 1,\n \"ä€😀\": x }"))
        .last()
        .isEqualTo("must be JSON, but is not (line 3, column 10)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80",
        "bf",
        "c0af",
        "c080",
        "c1bf",
        "c3",
        "c328",
        "e0809f",
        "e09fbf",
        "e282",
        "e28228",
        "eda080",
        "edbfbf",
        "eda0bdedb880",
        "f08080af",
        "f08fbfbf",
        "f09f98",
        "f0288cbc",
        "f4908080",
        "f5808080",
        "f8888080",
        "fe",
        "ff"
      })
  void what_is_not_utf8_is_one_fault_at_its_place(String hex) {
    byte[] before = bytes("{\"event_payload\":\"ä");
    byte[] wrong = HexFormat.of().parseHex(hex);
    byte[] after = bytes("\",\"event_type\":\"t\"}");

    assertThat(faults(JSON.read(joined(before, wrong, after), null)))
        .containsExactly(NOT_UTF8.formatted(20));
    assertThat(faults(JSON.read(joined(before, wrong), null)))
        .containsExactly(NOT_UTF8.formatted(20));
  }

  @Test
  void what_is_not_utf8_is_found_behind_any_number_of_characters() {
    for (int length : new int[] {4_090, 4_094, 4_095, 4_096, 4_097, 8_192, 100_000}) {
      byte[] before = bytes("{\"event_payload\":\"" + "ä".repeat(length));

      assertThat(faults(JSON.read(joined(before, new byte[] {(byte) 0xff}), null)))
          .containsExactly(NOT_UTF8.formatted(19 + length));
      assertThat(faults(JSON.read(joined(before, bytes("\",\"event_type\":\"t\"}")), null)))
          .isEmpty();
    }
  }

  @Test
  void a_byte_order_mark_is_a_fault() {
    assertThat(faults("\ufeff" + withType("\"t\""))).containsExactly(NOT_UTF8.formatted(1));
  }

  @Test
  void a_byte_order_mark_inside_a_string_is_a_character() {
    assertThat(valid(withType("\"a\ufeff\"")).type()).isEqualTo("a\ufeff");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE"})
  void another_encoding_is_a_fault(String charset) {
    byte[] json = withType("\"t\"").getBytes(Charset.forName(charset));

    assertThat(faults(JSON.read(json, null))).hasSize(1).first().asString().startsWith("must be ");
  }

  @Test
  void nesting_is_allowed_to_its_limit() {
    assertThat(faults(with("\"z\":" + nested(EventLimits.JSON_DEPTH - 1))))
        .containsExactly("/z is not a member of an event");
    assertThat(faults(with("\"z\":" + nested(EventLimits.JSON_DEPTH))))
        .containsExactly(
            "/z is not a member of an event",
            "must not be nested deeper than 64 (line 1, column 106)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":"})
  void a_hundred_thousand_open_brackets_are_one_fault(String opening) {
    assertThat(faults(opening.repeat(100_000 / opening.length())))
        .last()
        .asString()
        .startsWith("must not be nested deeper than 64 (line 1, column ");
  }

  @Test
  void a_number_of_any_length_is_only_of_the_wrong_type() {
    String digits = "9".repeat(100_000);

    assertThat(faults(withType(digits))).containsExactly("/event_type must be a string");
    assertThat(faults(withType("-" + digits + "." + digits + "e1")))
        .containsExactly("/event_type must be a string");
    assertThat(faults(withType("1e999999999"))).containsExactly("/event_type must be a string");
  }

  @Test
  void a_name_has_a_longest_length() {
    assertThat(faults(with("\"" + "n".repeat(1_000) + "\":1")))
        .containsExactly("/" + "n".repeat(32) + "… is not a member of an event");
    assertThat(faults(with("\"" + "n".repeat(200_000) + "\":1")))
        .hasSize(1)
        .first()
        .asString()
        .startsWith(NAMES);
  }

  @Test
  void names_that_collide_in_the_parsers_table_are_a_fault_and_hurt_nobody_after_them() {
    EventJson json = new EventJson(() -> "e");
    byte[] attack = bytes("{\"" + String.join("\":1,\"", collidingNames(5_000)) + "\":1}");

    for (int i = 0; i < 3; i++) {
      assertThat(faults(json.read(attack, null))).hasSize(EventJson.MOST_FAULTS);
      assertThat(json.address(attack, ItemId.OWN_OR_NEW)).isInstanceOf(Addressing.Unusable.class);
      assertThat(faults(json.read(bytes(with("\"event_key\":\"k\"")), null))).isEmpty();
    }
  }

  @Test
  void names_that_collide_as_java_strings_are_read_like_any_others() {
    List<String> names = new ArrayList<>(List.of(""));
    for (int i = 0; i < 13; i++) {
      names = names.stream().flatMap(name -> Stream.of(name + "Aa", name + "BB")).toList();
    }

    assertThat(faults("{\"" + String.join("\":1,\"", names.subList(0, 6_000)) + "\":1}"))
        .hasSize(EventJson.MOST_FAULTS)
        .first()
        .isEqualTo("/AaAaAaAaAaAaAaAaAaAaAaAaAa is not a member of an event");
  }

  @Test
  void an_event_may_be_as_large_as_the_limit() {
    String event = withPayloadToSize(EventLimits.EVENT_BYTES);

    assertThat(bytes(event)).hasSize(EventLimits.EVENT_BYTES);
    valid(event);
  }

  @Test
  void a_larger_event_is_too_large_and_its_id_is_read_where_it_can_be() {
    int size = EventLimits.EVENT_BYTES + 1;

    assertThat(read(withPayloadToSize(size))).isEqualTo(new Reading.TooLarge("e1", size));
    assertThat(read(withPayloadToSize(size - 1) + " ")).isEqualTo(new Reading.TooLarge("e1", size));
    assertThat(read("x".repeat(size))).isEqualTo(new Reading.TooLarge(null, size));
    assertThat(JSON.read(bytes("[" + " ".repeat(size)), "k1"))
        .isEqualTo(new Reading.TooLarge("k1", size + 1));
  }

  private static String withPayloadToSize(int bytes) {
    String begin = "{\"event_type\":\"t\",\"event_payload\":\"";
    String end = "\",\"event_id\":\"e1\"}";
    return begin + "p".repeat(bytes - begin.length() - end.length()) + end;
  }

  private static String nested(int depth) {
    return "[".repeat(depth) + "]".repeat(depth);
  }

  /**
   * The parser hashes a name in words of four bytes and adds the fourth and later words up, so that
   * their order does not matter, whatever its seed is.
   */
  private static List<String> collidingNames(int count) {
    List<String> names = new ArrayList<>();
    permute("", List.of("aaaa", "bbbb", "cccc", "dddd", "eeee", "ffff", "gggg"), names);
    return names.subList(0, count).stream().map("000011112222"::concat).toList();
  }

  private static void permute(String begin, List<String> rest, List<String> all) {
    if (rest.isEmpty()) {
      all.add(begin);
    }
    for (String word : rest) {
      permute(begin + word, rest.stream().filter(other -> !other.equals(word)).toList(), all);
    }
  }

  private static byte[] joined(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
