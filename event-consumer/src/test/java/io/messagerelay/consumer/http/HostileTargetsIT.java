package io.messagerelay.consumer.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Request targets that lead nowhere, or that two programs would read as two paths. */
class HostileTargetsIT {
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

  private static String get(String target) {
    return client.head("GET", target);
  }

  @ParameterizedTest(name = "targets: {0}")
  @ValueSource(
      strings = {
        "/../event",
        "/./event",
        "/.",
        "/event/.",
        "/event/..",
        "/event/./",
        "/event/../event",
        "/event/%2e",
        "/event/%2E%2e",
        "/event/%2e%2e/%2e%2e/etc/passwd",
        "/%2e%2e/event",
        "/stats/..",
        "/docs/.",
        "/docs/..",
        "/docs/../event",
        "/docs/../../../../etc/passwd",
        "/docs/%2e%2e/event",
        "/docs/..%2fevent",
        "/docs/%2e%2e%2fapplication.properties",
        "/docs/..%5c..%5cevent",
        "//event",
        "///",
        "//event//",
        "/event///x",
        "/events//x",
        "/event;jsessionid=1",
        "/event;",
        "/;/event",
        "/event/;",
        "/events/;x=y",
        "/event/a;b=c",
        "/event%00",
        "/event/%00",
        "/event/a%00b",
        "/%00",
        "/event%2f",
        "/%65vent",
        "/EVENT",
        "/eventsx",
        "/event#",
        "/ready#x",
        "/event/%c0%af",
        "/event/%e2%82",
        "/event/\u00ff",
        "/ev\u00e9nt",
        "/q/metrics",
        "/openapi.yaml",
        "/.env",
      })
  void a_path_that_is_not_there_is_404(String target) {
    assertThat(client.isAnswered(get(target), 404).kind()).isEqualTo("not-found");
  }

  @Test
  void an_id_longer_than_any_event_s_is_404() {
    client.isAnswered(get("/event/" + "x".repeat(8_000)), 404);
  }

  @ParameterizedTest(name = "targets: {0}")
  @ValueSource(
      strings = {
        "//",
        "/event\u0000",
        "/event?a=\u0001",
        "/event/\u007f",
        "/event\\",
        "\\event",
        "/event/\"",
        "/event/<x>",
        "/event/{event_id}",
        "/event/|",
        "/event/^",
        "/event/`",
        "/event/%",
        "/event/%f",
        "/%",
        "/event?limit=%",
        "/event?%zz=1",
        "/event/a b",
        "/event?q=a b",
        "",
        "?limit=1",
        "http://",
      })
  void a_target_that_is_none_is_400(String target) {
    RawAnswers answers = client.send(client.head("GET", target, "Connection: close"));

    assertThat(answers.statuses()).containsExactly(400);
    client.bearsIt();
  }

  @ParameterizedTest(name = "targets: {0}")
  @ValueSource(strings = {"*", "event", "#", "localhost:80", "mailto:x"})
  void a_target_that_is_no_path_is_400_or_404_and_the_connection_ends(String target) {
    client.isRefusedAndCutOff(get(target), 400, 404);
  }

  @ParameterizedTest(name = "targets: {0} of 64 KiB")
  @CsvSource({"a path, /", "an id, /event/", "a query, /event?q="})
  void a_target_of_64_kib_is_414_and_the_connection_ends(String name, String begin) {
    client.isRefusedAndCutOff(get(begin + "x".repeat(65_536)), 414);
  }

  @ParameterizedTest(name = "targets: {0}")
  @ValueSource(strings = {"http://localhost/ready", "http://other/ready", "HTTP://x/ready?y"})
  void a_whole_address_is_its_path(String target) {
    RawAnswers answers = client.isAnswered(get(target), 200);

    assertThat(answers.body()).startsWith("ok");
  }

  @ParameterizedTest(name = "targets: {0} {1}")
  @CsvSource({
    "CONNECT, localhost:80, 404",
    "CONNECT, /event, 405",
    "CONNECT, http://other/, 405",
    "TRACE, /event, 405",
    "TRACE, *, 404",
    "OPTIONS, *, 404",
    "HEAD, *, 404",
  })
  void nothing_is_passed_on_or_sent_back(String method, String target, int status) {
    RawAnswers answers = client.send(client.head(method, target, "Connection: close"));

    assertThat(answers.statuses()).containsExactly(status);
    assertThat(answers.text()).doesNotContain("Bearer").doesNotContain(client.token());
    client.bearsIt();
  }

  @Test
  void a_path_with_a_dot_for_a_segment_is_none_for_any_method() {
    for (String method : new String[] {"GET", "HEAD", "POST", "DELETE", "OPTIONS", "PUT"}) {
      RawAnswers answers =
          client.send(client.head(method, "/event/%2e", "Content-Length: 0", "Connection: close"));
      assertThat(answers.statuses()).as(method).containsExactly(404);
    }
    client.bearsIt();
  }
}
