package io.messagerelay.propagator.delivery;

import static io.messagerelay.propagator.delivery.Events.event;
import static io.messagerelay.propagator.delivery.Events.events;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.propagator.auth.Endpoint;
import io.messagerelay.propagator.auth.Outcome.Reply;
import io.messagerelay.propagator.delivery.Delivery.Answered;
import io.messagerelay.propagator.delivery.Delivery.Away;
import io.messagerelay.propagator.delivery.Delivery.Deferred;
import io.messagerelay.propagator.delivery.Delivery.Held;
import io.messagerelay.propagator.delivery.Delivery.TooBig;
import io.messagerelay.propagator.spool.Settlement.Dead;
import io.messagerelay.propagator.spool.Settlement.Delivered;
import io.messagerelay.propagator.spool.Settlement.Duplicate;
import io.messagerelay.propagator.spool.SpooledEvent;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTableTest {
  private static final String PROBLEM =
      """
      {"type":"urn:message-relay:problem:invalid-event","title":"Invalid event","status":400,
       "detail":"the event breaks 2 rules",
       "errors":[{"pointer":"/event_type","detail":"must be a string","code":[1,{"a":2}]},
                 {"detail":"must be an object"}]}
      """;

  private final AnswerTable table =
      new AnswerTable(
          new Receiver(
              new Endpoint(URI.create("http://c/event")),
              Acknowledge.ID,
              "agent",
              Optional::empty,
              Traces.AS_BROUGHT));
  private final SpooledEvent one = event(1);
  private final List<SpooledEvent> three = events(3);

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202})
  void event_is_delivered_when_a_2xx_carries_its_id(int status) {
    assertThat(meaning(List.of(one), status, "{\"status\":\"success\",\"event_id\":\"id-1\"}"))
        .isEqualTo(new Answered(List.of(new Delivered(one))));
  }

  @Test
  void event_is_a_duplicate_when_the_answer_says_so() {
    assertThat(meaning(List.of(one), 200, "{\"event_id\":\"id-1\",\"duplicate\":true}"))
        .isEqualTo(new Answered(List.of(new Duplicate(one))));
    assertThat(meaning(List.of(one), 200, "{\"event_id\":\"id-1\",\"duplicate\":false}"))
        .isEqualTo(new Answered(List.of(new Delivered(one))));
  }

  @Test
  void id_is_compared_exactly_whatever_it_is_made_of() {
    SpooledEvent odd = event(1, "a/b é €\"");

    assertThat(meaning(List.of(odd), 201, "{\"event_id\":\"a\\/b \\u00e9 €\\\"\"}"))
        .isEqualTo(new Answered(List.of(new Delivered(odd))));
    assertThat(meaning(List.of(odd), 201, "{\"event_id\":\"a/b é €\"}"))
        .isInstanceOf(Deferred.class);
    assertThat(meaning(List.of(one), 201, "{\"event_id\":\"ID-1\"}")).isInstanceOf(Deferred.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 415, 422})
  void single_event_is_refused_with_the_reasons_of_the_problem(int status) {
    assertThat(meaning(List.of(one), status, PROBLEM))
        .isEqualTo(
            new Answered(
                List.of(
                    new Dead(
                        one,
                        status,
                        List.of("/event_type must be a string", "must be an object")))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"title\":\"t\",\"detail\":\"the id has other content\"} | the id has other content",
        "{\"title\":\"Conflict\"} | Conflict",
        "{\"detail\":\"one\\nline\\u0007\"} | one line",
        "{\"errors\":[],\"detail\":\"d\"} | d",
        "{\"errors\":\"many\",\"detail\":\"d\"} | d",
        "{\"errors\":[1,[2],{}],\"detail\":\"d\"} | d",
        "{\"detail\":{\"a\":1}} | no reason given",
        "<html>bad</html> | no reason given",
        "{\"detail\":\"truncated | no reason given",
        "'' | no reason given"
      })
  void single_event_is_refused_with_what_can_be_read(String body, String reason) {
    assertThat(meaning(List.of(one), 422, body))
        .isEqualTo(new Answered(List.of(new Dead(one, 422, List.of(reason)))));
  }

  @Test
  void reasons_are_bounded_in_number_and_length() {
    String error = "{\"pointer\":\"/a\",\"detail\":\"" + "😀".repeat(1_000) + "\"}";
    String body =
        IntStream.range(0, 100)
            .mapToObj(i -> error)
            .collect(Collectors.joining(",", "{\"errors\":[", "]}"));

    Answered answered = (Answered) meaning(List.of(one), 400, body);
    List<String> reasons = ((Dead) answered.settlements().getFirst()).reasons();

    assertThat(reasons).hasSize(32);
    assertThat(reasons.getFirst()).isEqualTo("/a " + "😀".repeat(297) + "…");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400})
  void batch_is_settled_event_by_event(int status) {
    String body =
        """
        {"results":[{"status":"stored","event_id":"id-1","id":5},
                    {"status":"duplicate","event_id":"id-2","id":3},
                    {"status":"rejected","event_id":"id-3",
                     "errors":[{"pointer":"/event_type","detail":"must be a string"}]}]}
        """;

    assertThat(meaning(three, status, body))
        .isEqualTo(
            new Answered(
                List.of(
                    new Delivered(three.get(0)),
                    new Duplicate(three.get(1)),
                    new Dead(three.get(2), 400, List.of("/event_type must be a string")))));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 415, 422})
  void refused_batch_without_usable_results_is_too_big(int status) {
    assertThat(meaning(three, status, PROBLEM))
        .isEqualTo(new TooBig("http://c/event answered " + status + " to 3 events"));
    assertThat(meaning(three, status, "{\"results\":[{\"status\":\"rejected\"}]}"))
        .isInstanceOf(TooBig.class);
  }

  @Test
  void batch_with_a_refusal_that_names_no_event_is_sent_again_in_smaller_ones() {
    String body =
        """
        {"results":[{"status":"stored","event_id":"id-1"},{"status":"stored","event_id":"id-2"},
                    {"status":"rejected","event_id":null,"errors":[]}]}
        """;

    assertThat(meaning(three, 200, body)).isInstanceOf(TooBig.class);
  }

  @ParameterizedTest
  @CsvSource({
    "403, events:write",
    "404, ENDPOINT_TO_POST",
    "405, ENDPOINT_TO_POST",
    "406, CONSUMER_URL",
    "411, CONSUMER_URL",
    "431, headers"
  })
  void wrong_setting_holds_and_names_what_to_change(int status, String named) {
    for (List<SpooledEvent> batch : List.of(List.of(one), three)) {
      assertThat(meaning(batch, status, ""))
          .isInstanceOfSatisfying(
              Held.class,
              held ->
                  assertThat(held.reason())
                      .startsWith("http://c/event answered " + status + ": ")
                      .contains(named));
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        300, 301, 302, 303, 304, 307, 308, 402, 407, 408, 409, 410, 421, 425, 451, 500, 501, 502,
        503, 504, 507, 599, 999
      })
  void everything_else_is_put_off_for_as_long_as_asked(int status) {
    Optional<Duration> asked = Optional.of(Duration.ofSeconds(7));
    for (List<SpooledEvent> batch : List.of(List.of(one), three)) {
      assertThat(table.meaning(batch, new Reply(status, asked, new byte[0])))
          .isEqualTo(new Deferred("http://c/event answered " + status, asked));
    }
  }

  @Test
  void a_consumer_that_is_asked_too_much_is_away_for_as_long_as_it_asks() {
    Optional<Duration> asked = Optional.of(Duration.ofSeconds(7));

    assertThat(table.meaning(three, new Reply(429, asked, new byte[0])))
        .isEqualTo(new Away("http://c/event answered 429", asked));
  }

  private Delivery meaning(List<SpooledEvent> batch, int status, String body) {
    return table.meaning(batch, new Reply(status, Optional.empty(), body.getBytes(UTF_8)));
  }
}
