package io.messagerelay.consumer.http;

import static io.messagerelay.consumer.http.Api.header;
import static io.messagerelay.consumer.http.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.messagerelay.consumer.app.RunningConsumer;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The filters of {@code GET /event} of the packaged service. */
class FilterEventsIT {
  @TempDir private static Path folder;
  private static RunningConsumer consumer;
  private static Api api;

  @BeforeAll
  static void start() {
    consumer = RunningConsumer.start(folder, Map.of());
    api = new Api(consumer);
    api.postLines(
        String.join(
            "\n",
            event("paid", "order.paid", "customer-7", "{\"order\":17,\"items\":[\"pen\",\"ink\"]}"),
            event("made", "order.made", "customer-8", "{\"order\":18,\"items\":[]}"),
            event("seen", "page.seen", "customer-7", "Order 17, seen by Zoë & co"),
            event("odd", "page.odd", "k", "before\\u0000behind")));
  }

  @AfterAll
  static void stop() {
    consumer.close();
  }

  private static String event(String id, String type, String key, String payload) {
    return "{\"event_id\":\"%s\",\"event_type\":\"%s\",\"event_key\":\"%s\",\"event_payload\":\"%s\"}"
        .formatted(id, type, key, payload.replace("\"", "\\\""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type=order.* | paid made",
        "type=order.paid&type=page.* | paid seen odd",
        "type=*&order=desc | odd seen made paid",
        "key=customer-7 | paid seen",
        "key=customer-7&type=page.* | seen",
        "q=order+17 | seen",
        "q=ZO%C3%8B%20%26 | seen",
        "q=%00 | odd",
        "q=behind | odd",
        "payload=%7B%22order%22%3A17%7D | paid",
        "payload=%7B%22items%22:%5B%22ink%22%5D%7D | paid",
        "payload=%7B%22items%22:%5B%5D%7D | paid made",
        "payload=%7B%7D&order=desc&limit=1 | made",
        "since=1h&until=0s&key=k | odd",
        "since=2026-01-01T00:00:00Z&type=order.*&q=pen | paid",
        "until=1h | ''",
      })
  void a_filter_leaves_out_the_others(String query, String ids) {
    assertThat(String.join(" ", ids(api.get("/event?" + query)))).isEqualTo(ids);
  }

  @ParameterizedTest
  @CsvSource({
    "since=10",
    "since=10x",
    "until=99999999d",
    "key=",
    "key=a&key=b",
    "q=",
    "q=a&q=b",
    "payload=",
    "payload=1",
    "payload=%7B%22a%22:1",
    "payload=%7B%22a%22:1%2C%22a%22:1%7D",
  })
  void a_bad_filter_is_400_and_named(String query) {
    HttpResponse<String> response = api.get("/event?" + query);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).get("detail").asText())
        .startsWith(query.substring(0, query.indexOf('=')) + ' ');
  }

  @Test
  void every_filter_that_is_bad_is_named() {
    String deep = "%7B%22a%22:".repeat(300);
    HttpResponse<String> response =
        api.get("/event?type=&since=1&until=1&key=&q=" + "x".repeat(256) + "&payload=" + deep);

    List<String> named = new ArrayList<>();
    for (JsonNode error : json(response).get("errors")) {
      named.add(error.get("detail").asText().split(" ", 2)[0]);
    }
    assertThat(named).containsExactly("type", "since", "until", "key", "q", "payload");
  }

  @Test
  void a_span_is_a_time_in_link_and_the_filters_stay() {
    Instant before = Instant.now();
    HttpResponse<String> page =
        api.get("/event?since=10m&type=order.*&q=o&payload=%7B%7D&key=customer-7&limit=1");
    Instant after = Instant.now();

    String next = next(page);
    Instant since = Instant.parse(next.replaceFirst(".*since=([^&]*).*", "$1").replace("%3A", ":"));
    assertThat(since.plus(Duration.ofMinutes(10))).isBetween(before, after);
    assertThat(URI.create(next).getQuery())
        .contains("type=order.*", "q=o", "payload={}", "key=customer-7", "limit=1", "cursor=");
    assertThat(api.get(next).statusCode()).isEqualTo(200);
  }

  @Test
  void a_walk_for_something_rare_ends_with_it_and_passes_pages_without() {
    String late = "late" + System.nanoTime();
    for (int batch = 0; batch < 21; batch++) {
      int first = batch * 1_000;
      api.postLines(
          String.join(
              "\n",
              IntStream.range(first, first + 1_000)
                  .mapToObj(i -> event(late + i, "walk", "none", i == 20_500 ? late : "p"))
                  .toList()));
    }

    List<Integer> sizes = new ArrayList<>();
    String link = "/event?q=" + late;
    while (!link.isEmpty()) {
      HttpResponse<String> page = api.get(link);
      sizes.add(ids(page).size());
      link = next(page);
    }

    assertThat(sizes).contains(0).last().isEqualTo(0);
    assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1);
    assertThat(ids(api.get("/event?order=desc&type=walk&q=" + late)))
        .containsExactly(late + "20500");
  }

  private static List<String> ids(HttpResponse<String> page) {
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    return json(page).findValuesAsText("event_id");
  }

  private static String next(HttpResponse<String> page) {
    return header(page, "Link").replaceFirst("^<(.*)>; rel=\"next\"$", "$1");
  }
}
