package io.messagerelay.consumer.http;

import static io.messagerelay.consumer.http.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.messagerelay.consumer.app.RunningConsumer;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A payload that is valid comes back as it was, whatever it is. JSON values other than strings,
 * numbers above all, are in {@code SchemasIT}.
 */
class ExactPayloadsIT {
  private static final String COMPOSED = "\u00e9";
  private static final String DECOMPOSED = "e\u0301";

  @TempDir private static Path folder;
  private static RunningConsumer consumer;
  private static Api api;

  @BeforeAll
  static void start() {
    consumer = RunningConsumer.start(folder, Map.of());
    api = new Api(consumer);
  }

  @AfterAll
  static void stop() {
    consumer.close();
  }

  private static String event(String id, String payload) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("event_id", id)
        .put("event_type", "exact")
        .put("event_payload", payload)
        .toString();
  }

  @ParameterizedTest(name = "payloads: {0}")
  @MethodSource("payloads")
  void a_payload_comes_back_as_it_was(String name, String payload) {
    String id = name.replace(' ', '-');

    assertThat(api.post(event(id, payload)).statusCode()).isEqualTo(201);

    assertThat(json(api.get("/event/" + id)).get("payload").asText()).isEqualTo(payload);
    assertThat(json(api.get("/event?order=desc&limit=1")).get(0).get("payload").asText())
        .isEqualTo(payload);
    var exported = api.send(api.request("/event").header("Accept", "application/x-ndjson"));
    assertThat(exported.body().lines().map(line -> json(line).get("payload").asText()))
        .contains(payload);
  }

  static Stream<Arguments> payloads() {
    return Stream.of(
        Arguments.of("nothing", ""),
        Arguments.of("blanks", " \t\r\n "),
        Arguments.of("U+0000", "\u0000"),
        Arguments.of("U+0000 inside", "a\u0000b\u0000"),
        Arguments.of("every control character", controls()),
        Arguments.of("NFC", COMPOSED),
        Arguments.of("NFD", DECOMPOSED),
        Arguments.of("emoji", "\ud83d\ude00\ud83d\udc68\u200d\ud83d\udc69"),
        Arguments.of("the last character", "\udbff\udfff\uffff\ufffe"),
        Arguments.of("a byte order mark", "\ufeffa\ufeff"),
        Arguments.of("the other direction", "\u202eabc"),
        Arguments.of("lines of other kinds", "a\u2028b\u2029c\u0085d"),
        Arguments.of("a number of 10000 digits", "-" + "9".repeat(10_000) + ".0e+1"),
        Arguments.of("numbers as they were written", "1.0 1e400 -0 0.10 100000000000000000001"),
        Arguments.of("JSON", "{\"a\":[1.0,\"\\u0061\"],\"a\":2}"),
        Arguments.of("100000 open brackets", "[".repeat(100_000)),
        Arguments.of("SQL", "'; DROP TABLE event; --\\"),
        Arguments.of("markup", "</script><!--&amp;<![CDATA["),
        Arguments.of("a stream's end", "\n\ndata: x\nid: 1\n\n"));
  }

  private static String controls() {
    var all = new StringBuilder();
    for (char sign = 0; sign < 0xa0; sign++) {
      all.append(sign);
    }
    return all.toString();
  }

  @Test
  void composed_and_decomposed_are_two_payloads() {
    assertThat(api.post(event("kept-apart", COMPOSED)).statusCode()).isEqualTo(201);

    assertThat(api.post(event("kept-apart", DECOMPOSED)).statusCode()).isEqualTo(422);
    assertThat(api.post(event("kept-apart", COMPOSED)).statusCode()).isEqualTo(200);
  }

  @Test
  void composed_and_decomposed_are_two_ids() {
    assertThat(api.post(event(COMPOSED, "composed")).statusCode()).isEqualTo(201);

    assertThat(api.post(event(DECOMPOSED, "decomposed")).statusCode()).isEqualTo(201);
    assertThat(json(api.get("/event/e%CC%81")).get("payload").asText()).isEqualTo("decomposed");
  }
}
