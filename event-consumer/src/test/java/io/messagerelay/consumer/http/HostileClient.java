package io.messagerelay.consumer.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.app.RunningConsumer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Sends a running consumer what no good client sends, and looks after each request whether it has
 * borne that: it serves others, has stored nothing and has answered what the description tells of.
 */
final class HostileClient implements AutoCloseable {
  static final String EVENT = "{\"event_type\":\"hostile\",\"event_payload\":\"p\"}";

  private static final String READY =
      "GET /ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

  private static final Pattern OURS = Pattern.compile("Exception|\\bat io\\.|\\bat java\\.");

  private final RunningConsumer consumer;
  private final String token;
  private final AnswerCheck check;

  private HostileClient(RunningConsumer consumer) {
    this.consumer = consumer;
    this.check = new AnswerCheck(new Description(Api.json(consumer.get("/openapi.json"))));
    this.token = consumer.token("events:read events:write");
  }

  static HostileClient ofConsumer(Path folder, Map<String, String> settings) {
    return new HostileClient(RunningConsumer.start(folder, settings));
  }

  /** Also looks whether the service took anything for a fault of its own. */
  @Override
  public void close() {
    String log = consumer.log();
    consumer.close();
    assertThat(log).doesNotContain("ERROR");
  }

  RunningConsumer consumer() {
    return consumer;
  }

  String token() {
    return token;
  }

  /** A head with everything that is needed; the fields are whole lines. */
  String head(String method, String target, String... fields) {
    return "%s %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n%s\r\n"
        .formatted(method, target, token, lines(fields));
  }

  private static String lines(String... fields) {
    return fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
  }

  /** A {@code POST /event} in JSON; the fields say where its body ends. */
  String post(String body, String... fields) {
    return head(
            "POST", "/event", "Content-Type: application/json\r\n" + String.join("\r\n", fields))
        + body;
  }

  /** A body in UTF-8 as the bytes that {@link #post} takes for characters. */
  static String utf8(String body) {
    return new String(body.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** A whole {@code POST /event} of this type. */
  String posting(String type, String body, String... fields) {
    return head(
            "POST",
            "/event",
            "Content-Type: " + type,
            "Content-Length: "
                + body.length()
                + (fields.length == 0 ? "" : "\r\n")
                + String.join("\r\n", fields))
        + body;
  }

  /** All answers to these bytes, after which the service must close. */
  RawAnswers send(byte[] request, boolean andNoMore) {
    try (var socket = new RawSocket(consumer.port())) {
      socket.sendAsFarAsItGoes(request);
      if (andNoMore) {
        socket.endSending();
      }
      return new RawAnswers(socket.untilClosedOrReset());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RawAnswers send(String request) {
    return send(request.getBytes(StandardCharsets.ISO_8859_1), false);
  }

  /**
   * Sends it with another request behind it, and expects one refusal and the end of the connection:
   * nobody can say where the second one begins.
   */
  RawAnswers isRefusedAndCutOff(String request, Integer... statuses) {
    RawAnswers answers = send(request + READY);
    assertThat(answers.statuses()).hasSize(1).isSubsetOf(statuses);
    isAnAnswerForStrangers(answers);
    bearsIt();
    return answers;
  }

  /** Sends it with another request behind it, and expects both to be answered. */
  RawAnswers isAnswered(String request, int status) {
    RawAnswers answers = send(request + READY);
    assertThat(answers.statuses()).as(answers.text()).isEqualTo(List.of(status, 200));
    isAnAnswerForStrangers(answers);
    isDescribed(request, answers);
    bearsIt();
    return answers;
  }

  private void isDescribed(String request, RawAnswers answers) {
    String[] line = request.stripLeading().split("[ \r\n]+", 3);
    String path = line[1].replaceFirst("^(?i)https?://[^/]*", "").replaceFirst("\\?.*", "");
    check.check(line[0], path, answers);
  }

  private void isAnAnswerForStrangers(RawAnswers answers) {
    assertThat(answers.text()).doesNotContainPattern(OURS).doesNotContain(token);
  }

  /** On a new connection: it serves, and nothing is stored. */
  void bearsIt() {
    RawAnswers list = send(head("GET", "/event?limit=1", "Connection: close"));
    assertThat(list.statuses()).containsExactly(200);
    assertThat(list.body()).isEqualTo("[]");
  }
}
