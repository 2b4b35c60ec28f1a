package io.messagerelay.consumer.http;

import static io.messagerelay.consumer.http.Api.event;
import static io.messagerelay.consumer.http.Api.json;
import static java.net.http.HttpRequest.BodyPublishers.noBody;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.messagerelay.consumer.app.RunningConsumer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code /openapi.json} says what the service does: the same paths, methods and statuses. Every
 * answer that is got here is compared with it.
 */
class DescriptionIT {
  private static final Set<Route> PAGES =
      EnumSet.of(
          Route.CONSOLE,
          Route.CONSOLE_FILE,
          Route.OPENAPI,
          Route.DOCS,
          Route.DOCS_PAGE,
          Route.DOCS_FILE);

  @TempDir private static Path folder;
  @TempDir private static Path limitedFolder;
  @TempDir private static Path narrowFolder;
  private static RunningConsumer consumer;
  private static RunningConsumer limited;
  private static RunningConsumer narrow;
  private static Api api;
  private static DescribedRequests requests;

  @BeforeAll
  static void start() {
    consumer =
        RunningConsumer.start(
            folder,
            Map.of(
                "REQUEST_TIMEOUT", "1", "SERVICE_SCOPES", "events:read events:write events:admin"));
    limited =
        RunningConsumer.start(
            limitedFolder, Map.of("INTAKE_RATE_LIMIT", "1", "LOGIN_RATE_LIMIT", "1"));
    narrow = RunningConsumer.start(narrowFolder, Map.of("ADDRESS_RATE_LIMIT", "1"));
    api = new Api(consumer);
    requests = new DescribedRequests(consumer, limited, narrow);
    var check = new AnswerCheck(new Description(description()));
    List.of(consumer, limited, narrow).forEach(each -> each.hear(check::check));
  }

  @AfterAll
  static void stop() {
    consumer.close();
    limited.close();
    narrow.close();
  }

  private static JsonNode description() {
    return json(consumer.get("/openapi.json"));
  }

  @Test
  void paths_and_methods_are_those_of_the_route_table() {
    Map<String, Set<String>> described = new TreeMap<>();
    description()
        .get("paths")
        .properties()
        .forEach(path -> described.put(path.getKey(), methods(path.getValue())));

    Map<String, Set<String>> routes = new TreeMap<>();
    EnumSet.complementOf(EnumSet.copyOf(PAGES))
        .forEach(route -> routes.put(route.path(), methods(route)));
    assertThat(described).isEqualTo(routes);
  }

  private static Set<String> methods(JsonNode path) {
    Set<String> methods = new TreeSet<>();
    path.fieldNames().forEachRemaining(method -> methods.add(method.toUpperCase(Locale.ROOT)));
    return methods;
  }

  private static Set<String> methods(Route route) {
    Set<String> methods = new TreeSet<>(Arrays.asList(route.allow().split(", ")));
    methods.removeAll(Set.of("HEAD", "OPTIONS"));
    return methods;
  }

  @Test
  void every_status_that_is_described_has_its_request_here() {
    List<String> described = new ArrayList<>();
    description()
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation ->
                            operation
                                .getValue()
                                .get("responses")
                                .fieldNames()
                                .forEachRemaining(
                                    status ->
                                        described.add(
                                            operation.getKey()
                                                + ' '
                                                + path.getKey()
                                                + ' '
                                                + status))));
    described.removeIf(status -> status.endsWith(" default")); // ExamplesIT gets those

    assertThat(requests.all().keySet()).containsExactlyInAnyOrderElementsOf(described);
  }

  @TestFactory
  List<DynamicTest> each_request_gets_the_status_that_is_described() {
    return requests.all().entrySet().stream()
        .map(
            request ->
                DynamicTest.dynamicTest(
                    request.getKey(),
                    () -> assertThat(request.getKey()).endsWith(" " + request.getValue().call())))
        .toList();
  }

  @Test
  void a_page_reads_the_description() {
    HttpResponse<String> page = consumer.get("/docs/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("swagger-ui-bundle.js").contains("/openapi.json");
    assertThat(consumer.get("/docs/swagger-ui-bundle.js").statusCode()).isEqualTo(200);
  }

  /** As its Authorize dialogue sends it: an empty client in Basic, a scope list in the form. */
  @Test
  void the_page_gets_a_token_where_the_description_says() {
    JsonNode flow = description().at("/components/securitySchemes/password/flows/password");
    String form =
        "grant_type=password&username=relay&password=secret&scope=events%3Awrite%20events%3Aread";

    HttpResponse<String> answer =
        consumer.send(
            consumer
                .request(flow.get("tokenUrl").asText())
                .header("Authorization", "Basic Og==")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Requested-With", "XMLHttpRequest")
                .POST(BodyPublishers.ofString(form)));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).get("scope").asText().split(" "))
        .containsExactlyInAnyOrder("events:read", "events:write");
    assertThat(flow.get("scopes").fieldNames()).toIterable().hasSize(3);
  }

  @Test
  void every_answer_forbids_caches_and_guesses() {
    for (String path :
        List.of("/ready", "/event", "/nowhere", "/docs/", "/openapi.json", "/metrics")) {
      HttpResponse<String> answer = consumer.get(path);
      assertThat(answer.headers().allValues("Cache-Control")).as(path).containsExactly("no-store");
      assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
    }
  }

  @Test
  void what_a_client_makes_up_is_no_time_series_of_its_own() {
    for (String path : List.of("/event/one", "/events/two", "/event/three/", "/nowhere/four")) {
      api.send(api.request(path).method("PUT", noBody()));
    }

    api.get("/docs/five.js");
    api.send(api.request("/event").method("SIX", noBody()));

    assertThat(consumer.get("/metrics").body())
        .contains("status=\"405\",uri=\"/event/{event_id}\"", "status=\"404\",uri=\"OTHER\"")
        .doesNotContain("one\"", "two\"", "three", "four", "five", "SIX");
  }

  @Test
  void metrics_count_what_became_of_events() {
    api.post(event("counted", "p"));
    api.post("{}");
    String metrics = consumer.get("/metrics").body();

    assertThat(metrics)
        .containsPattern("message_relay_events_answered_total\\{result=\"stored\"} [1-9]")
        .containsPattern("message_relay_events_answered_total\\{result=\"rejected\"} [1-9]")
        .contains("message_relay_events_deferred_total{reason=\"overloaded\"} 0.0")
        .containsPattern("message_relay_commit_seconds_count\\{result=\"committed\"} [1-9]")
        .containsPattern("message_relay_group_events_sum [1-9]")
        .contains("message_relay_queue_events ", "message_relay_queue_bytes ")
        .contains("message_relay_store_log_bytes ", "message_relay_retention_since_seconds 0.0")
        .containsPattern("message_relay_store_bytes [1-9]");
  }
}
