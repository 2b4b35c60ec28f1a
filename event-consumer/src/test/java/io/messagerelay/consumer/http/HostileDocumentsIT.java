package io.messagerelay.consumer.http;

import static io.messagerelay.consumer.http.HostileClient.EVENT;
import static io.messagerelay.consumer.http.HostileClient.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.messagerelay.contract.EventLimits;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bodies that are no JSON, or none that two readers would read alike, alone, in an array and as a
 * line. Their every kind is in {@code MalformedJsonTest}.
 */
class HostileDocumentsIT {
  private static final String BEGIN = "{\"event_type\":\"t\",\"event_payload\":";

  @TempDir private static Path folder;
  private static HostileClient client;

  @BeforeAll
  static void start() {
    client = HostileClient.ofConsumer(folder, Map.of());
  }

  @AfterAll
  static void stop() {
    client.close();
  }

  private static Arguments of(String name, String body) {
    return Arguments.of(name, body);
  }

  private static Arguments payload(String name, String json) {
    return of(name, BEGIN + json + '}');
  }

  @ParameterizedTest(name = "documents: {0}")
  @MethodSource("documents")
  void a_document_that_is_no_event_is_400_in_every_form(String name, String body) {
    JsonNode alone = client.isAnswered(client.posting("application/json", body), 400).problem();
    JsonNode item =
        client.isAnswered(client.posting("application/json", '[' + body + ']'), 400).problem();
    JsonNode line = client.isAnswered(client.posting("application/x-ndjson", body), 400).problem();

    assertThat(List.of(alone, item, line))
        .allSatisfy(problem -> assertThat(problem.get("detail").asText()).isNotEmpty());
    assertThat(alone.has("errors") || alone.has("results")).isTrue();
  }

  static Stream<Arguments> documents() {
    return Stream.of(syntax(), encodings(), values(), proportions()).flatMap(cases -> cases);
  }

  private static Stream<Arguments> syntax() {
    return Stream.of(
        of("no body", ""),
        of("blanks", " \t "),
        of("a bracket alone", "{"),
        of("words", "nonsense"),
        of("an array that is not closed", "[" + EVENT),
        of("cut off in a string", BEGIN + "\"p"),
        of("cut off in an escape", BEGIN + "\"\\u00"),
        of("a comma too many", EVENT.replace("}", ",}")),
        of("no comma", EVENT.replace(",", " ")),
        of("quotes of the other kind", EVENT.replace('"', '\'')),
        of("names without quotes", "{event_type:\"t\",event_payload:\"p\"}"),
        of("a comment", EVENT.replace("{", "{/* */")),
        of("a comment of a line", "// " + EVENT),
        of("a repeated key", EVENT.replace("}", ",\"event_type\":\"t\"}")),
        of("a repeated key, escaped", EVENT.replace("}", ",\"event\\u005ftype\":\"t\"}")),
        of("trailing words", EVENT + " x"),
        of("a bracket too many", EVENT + "}"),
        of("two documents", EVENT + EVENT),
        of("two documents with a blank", EVENT + ' ' + EVENT),
        of("a closed string that goes on", BEGIN + "\"p\"\"p\"}"),
        payload("NaN", "NaN"),
        payload("Infinity", "Infinity"),
        payload("-Infinity", "-Infinity"),
        payload("a tab in a string", "\"\t\""),
        payload("U+0000 in a string", "\"\u0000\""),
        payload("an escape that is none", "\"\\x41\""));
  }

  private static Stream<Arguments> encodings() {
    return Stream.concat(
        Stream.of(
            of("a byte order mark", utf8("\ufeff" + EVENT)),
            payload("a byte that begins nothing", "\"\u0080\""),
            payload("Latin-1", "\"\u00e9\""),
            payload("a sequence that is cut off", "\"\u00e2\u0082\""),
            payload("a longer form than needed", "\"\u00c0\u00af\""),
            payload("U+0000 in a longer form", "\"\u00c0\u0080\""),
            payload("half a surrogate pair in bytes", "\"\u00ed\u00a0\u0080\""),
            payload("a surrogate pair in bytes", "\"\u00ed\u00a0\u00bd\u00ed\u00b8\u0080\""),
            payload("beyond U+10FFFF", "\"\u00f4\u0090\u0080\u0080\""),
            payload("half a surrogate pair, escaped", "\"\\ud83d\""),
            payload("the other half, escaped", "\"\\ude00\""),
            payload("a surrogate pair the wrong way round", "\"\\ude00\\ud83d\"")),
        Stream.of("UTF-16", "UTF-16LE", "UTF-32")
            .map(
                name ->
                    of(
                        name,
                        new String(
                            EVENT.getBytes(Charset.forName(name)), StandardCharsets.ISO_8859_1))));
  }

  private static Stream<Arguments> values() {
    return Stream.of("1", "null", "true", "\"text\"", "[[]]", "[[" + EVENT + "]]")
        .map(json -> of(json.length() > 9 ? "an array in an array" : json, json));
  }

  private static Stream<Arguments> proportions() {
    String unknown = BEGIN + "\"p\",\"x\":";
    return Stream.of(
        of("100,000 open brackets", "[".repeat(100_000)),
        of("100,000 open braces", "{\"a\":".repeat(20_000)),
        of("100,000 open brackets in a member", unknown + "[".repeat(100_000)),
        of("65 closed brackets", unknown + "[".repeat(65) + "]".repeat(65) + '}'),
        payload("a number of 10,000 digits", "9".repeat(10_000)),
        payload("a fraction of 10,000 digits", "0." + "9".repeat(10_000)),
        payload("an exponent of 10 digits", "1e9999999999"),
        of(
            "a name of 100,000 characters",
            unknown.replace("\"x\"", '"' + "x".repeat(100_000) + '"') + "1}"),
        of("10,000 keys with one hash", BEGIN + "\"p\"," + keysOfOneHash(10_000) + '}'));
  }

  /** As Java's strings: two letters each time, of three pairs with the same hash. */
  private static String keysOfOneHash(int count) {
    Stream<String> names = Stream.of("");
    for (int i = 0; i < 9; i++) {
      names = names.flatMap(name -> Stream.of(name + "Aa", name + "BB", name + "C#"));
    }
    List<String> keys = names.limit(count).toList();
    assertThat(keys.stream().map(String::hashCode).distinct()).hasSize(1);
    return keys.stream().map(key -> '"' + key + "\":1").collect(Collectors.joining(","));
  }

  @Test
  void an_empty_array_is_400() {
    assertThat(client.isAnswered(client.posting("application/json", "[]"), 400).kind())
        .isEqualTo("invalid-batch");
  }

  @Test
  void more_open_brackets_than_a_body_may_have_are_413_and_the_connection_ends() {
    String request = client.posting("application/json", "[".repeat(EventLimits.BODY_BYTES + 1));

    assertThat(client.isRefusedAndCutOff(request, 413).kind()).isEqualTo("too-large");
  }
}
