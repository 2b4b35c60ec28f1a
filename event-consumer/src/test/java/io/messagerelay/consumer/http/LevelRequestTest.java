package io.messagerelay.consumer.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.http.Checked.Bad;
import io.messagerelay.consumer.http.Checked.Good;
import io.messagerelay.contract.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

class LevelRequestTest {
  private static Checked<LevelRequest> read(String body) {
    return LevelRequest.read(body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void a_category_a_level_and_a_time_are_read() {
    assertThat(read("{\"category\":\"io.messagerelay\",\"level\":\"debug\",\"for\":\"2h\"}"))
        .isEqualTo(
            new Good<>(new LevelRequest("io.messagerelay", Level.DEBUG, Duration.ofHours(2))));
  }

  @Test
  void ten_minutes_are_meant_where_no_time_is_said() {
    assertThat(read("{\"category\":\"io.messagerelay.events\",\"level\":\"INFO\"}"))
        .isEqualTo(
            new Good<>(
                new LevelRequest("io.messagerelay.events", Level.INFO, Duration.ofMinutes(10))));
  }

  @Test
  void all_that_is_wrong_is_named() {
    Checked<LevelRequest> read =
        read("{\"category\":\"io.vertx\",\"level\":\"LOUD\",\"for\":\"2d\"}");

    assertThat(read)
        .isInstanceOfSatisfying(
            Bad.class,
            bad ->
                assertThat(bad.problem().errors())
                    .extracting(Fault::pointer)
                    .containsExactly("/category", "/level", "/for"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "\"x\"",
        "{}",
        "{\"category\":1,\"level\":\"INFO\"}",
        "{\"category\":\"io.messagerelay\"}",
        "{\"category\":\"io.messagerelay\",\"level\":\"INFO\",\"for\":\"0s\"}",
        "{\"category\":\"io.messagerelay\",\"level\":\"INFO\",\"for\":\"-1m\"}",
        "{\"category\":\"io.messagerelay\",\"level\":\"INFO\",\"for\":600}",
        "{\"category\":\"io.messagerelay\",\"level\":\"INFO\",\"until\":\"10m\"}",
        "{\"category\":\"io.messagerelay\",\"level\":\"INFO\",\"level\":\"INFO\"}",
        "{\"category\":\"io.messagerelay\",\"level\":\"INFO\"} {}",
      })
  void what_is_no_such_request_is_refused(String body) {
    assertThat(read(body)).isInstanceOf(Bad.class);
  }
}
