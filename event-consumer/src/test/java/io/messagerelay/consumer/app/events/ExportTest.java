package io.messagerelay.consumer.app.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.messagerelay.base.CommandException;
import io.messagerelay.base.ExitCodes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The API as the commands use it, and what export makes of it. */
final class ExportTest {
  private static final String NO_MORE = "[]";

  private final List<Duration> slept = new ArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private StubService service;
  private Api api;

  @BeforeEach
  void open() throws IOException {
    service = new StubService();
    api = new Api(service.settings());
  }

  @AfterEach
  void close() {
    api.close();
    service.close();
  }

  private static String event(int id) {
    return "{\"id\":%d,\"event_id\":\"e%d\",\"type\":\"t\",\"payload\":\"p\",\"received_time\":\"2026-03-01T08:00:00.00000%dZ\"}"
        .formatted(id, id, id);
  }

  private static Map<String, String> next(String cursor) {
    return Map.of("Link", "</event?limit=1000&cursor=" + cursor + ">; rel=\"next\"");
  }

  private void has(Map<String, String> headers, String... events) {
    service.answers(200, headers, "[" + String.join(",", events) + "]");
  }

  private Export.Written export(boolean stored) throws IOException, InterruptedException {
    var patience = new Patience(slept::add, Duration.ofMinutes(2));
    return new Export(api, new FilterOptions(), stored, patience).to(out, Meter.NONE);
  }

  private List<String> lines() {
    return out.toString(UTF_8).lines().toList();
  }

  @Test
  void all_pages_up_to_the_newest_of_now_are_written_as_they_were_sent() throws Exception {
    has(Map.of(), event(3));
    has(next("AA"), event(1), event(2));
    has(next("BB"), event(3));
    service.answers(200, Map.of(), NO_MORE);

    assertThat(export(false)).isEqualTo(new Export.Written(3, 0));
    assertThat(lines())
        .containsExactly(
            "{\"event_id\":\"e1\",\"event_type\":\"t\",\"event_payload\":\"p\"}",
            "{\"event_id\":\"e2\",\"event_type\":\"t\",\"event_payload\":\"p\"}",
            "{\"event_id\":\"e3\",\"event_type\":\"t\",\"event_payload\":\"p\"}");
    assertThat(service.asked())
        .containsExactly(
            "token grant_type=password&username=me&password=pass%20word",
            "/event?order=desc&limit=1 Bearer t1",
            "/event?order=asc&limit=1000&until=2026-03-01T08%3A00%3A00.000004Z Bearer t1",
            "/event?limit=1000&cursor=AA Bearer t1",
            "/event?limit=1000&cursor=BB Bearer t1");
  }

  @Test
  void an_empty_store_is_an_empty_export() throws Exception {
    service.answers(200, Map.of(), NO_MORE);

    assertThat(export(true)).isEqualTo(new Export.Written(0, 0));
    assertThat(lines()).isEmpty();
  }

  @Test
  void a_page_that_was_cut_short_by_a_filter_is_not_the_end() throws Exception {
    has(Map.of(), event(3));
    has(next("AA"));
    has(Map.of(), event(3));

    assertThat(export(true).events()).isOne();
    assertThat(lines()).containsExactly(event(3));
  }

  @Test
  void a_page_that_does_not_come_is_asked_for_again_and_nothing_is_written_twice()
      throws Exception {
    has(Map.of(), event(2));
    has(next("AA"), event(1));
    service.answers(503, Map.of("Retry-After", "7"), "{\"title\":\"x\"}");
    service.answers(500, Map.of(), "oops");
    service.answers(200, Map.of(), "[{\"id\":2,");
    has(Map.of(), event(2));

    assertThat(export(true).events()).isEqualTo(2);
    assertThat(lines()).containsExactly(event(1), event(2));
    assertThat(slept)
        .containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(2), Duration.ofSeconds(4));
  }

  @Test
  void a_service_that_stays_away_ends_it_and_the_command_may_work_later() throws Exception {
    has(Map.of(), event(2));
    for (int i = 0; i < 10; i++) {
      service.answers(503, Map.of(), "{\"title\":\"the store is away\",\"detail\":\"soon\"}");
    }

    assertThatThrownBy(() -> export(true))
        .hasMessage(service.settings().service() + ": the store is away: soon")
        .asInstanceOf(InstanceOfAssertFactories.type(CommandException.class))
        .returns(ExitCodes.TRY_AGAIN, CommandException::exitCode);
    assertThat(slept.stream().reduce(Duration.ZERO, Duration::plus))
        .isBetween(Duration.ofMinutes(2), Duration.ofMinutes(3));
  }

  @Test
  void a_token_that_ran_out_is_renewed() throws Exception {
    has(Map.of(), event(1));
    service.answers(401, Map.of(), "");
    has(Map.of(), event(1));

    assertThat(export(true).events()).isOne();
    assertThat(service.asked().getLast()).endsWith(" Bearer t2");
    assertThat(slept).isEmpty();
  }

  @Test
  void what_is_wrong_with_a_question_is_told_whole() {
    service.answers(
        400,
        Map.of(),
        "{\"title\":\"wrong parameters\",\"detail\":\"limit\",\"errors\":[{\"pointer\":\"\",\"detail\":\"limit must\"},{\"pointer\":\"\",\"detail\":\"since must\"}]}");

    assertThatThrownBy(() -> api.page("limit=x"))
        .hasMessageEndingWith(": wrong parameters: limit%nlimit must%nsince must".formatted())
        .asInstanceOf(InstanceOfAssertFactories.type(CommandException.class))
        .returns(ExitCodes.USAGE, CommandException::exitCode);
  }

  @Test
  void an_unknown_id_is_nothing_and_a_strange_one_is_encoded() throws Exception {
    service.answers(404, Map.of(), "{}");

    assertThat(api.find("a/b c+ü")).isEqualTo(Optional.empty());
    assertThat(service.asked().getLast()).startsWith("/event/a%2Fb%20c%2B%C3%BC ");
  }

  @Test
  void an_erased_event_cannot_be_sent_again_but_is_part_of_what_is_stored() throws Exception {
    String erased =
        "{\"id\":1,\"event_id\":\"e1\",\"type\":\"t\",\"payload\":null,\"erased\":true}";
    has(Map.of(), event(2));
    has(Map.of(), erased, event(2));
    assertThat(export(false)).isEqualTo(new Export.Written(1, 1));

    has(Map.of(), event(2));
    has(Map.of(), erased, event(2));
    assertThat(export(true)).isEqualTo(new Export.Written(2, 0));
  }

  @Test
  void nobody_there_is_said_in_a_line() {
    service.close();

    assertThatThrownBy(() -> api.page("limit=1"))
        .isInstanceOf(Unanswered.class)
        .hasMessageContaining("nothing accepts the connection");
  }
}
