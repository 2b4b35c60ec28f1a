package io.messagerelay.consumer.http;

import static io.messagerelay.consumer.http.Api.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.app.RunningConsumer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client is told of the limits of its rate. */
class RateLimitFieldsIT {
  private static final AtomicInteger SERIAL = new AtomicInteger();

  @TempDir private static Path folder;
  private static RunningConsumer consumer;
  private static Api api;

  @BeforeAll
  static void start() {
    consumer =
        RunningConsumer.start(
            folder,
            Map.of(
                "INTAKE_RATE_LIMIT", "10",
                "ADDRESS_RATE_LIMIT", "20",
                "TRUSTED_PROXIES", "127.0.0.1",
                "TRUSTED_PROXY_HEADER", "forwarded"));
    api = new Api(consumer);
  }

  @AfterAll
  static void stop() {
    consumer.close();
  }

  private static HttpResponse<String> post(String client, int events) {
    String lines =
        IntStream.range(0, events)
            .mapToObj(_ -> event(client + '-' + SERIAL.incrementAndGet(), "p"))
            .collect(Collectors.joining("\n"));
    return api.send(
        api.posting("/event", "application/x-ndjson", lines)
            .header("Forwarded", "for=" + client)
            .header("X-Forwarded-For", "192.0.2.1"));
  }

  private static HttpResponse<String> get(String client) {
    return api.send(api.request("/event").header("Forwarded", "for=" + client));
  }

  @Test
  void a_batch_is_taken_of_the_account_and_the_answer_says_what_is_left() {
    HttpResponse<String> stored = post("203.0.113.1", 6);
    assertThat(stored.statusCode()).isEqualTo(200);
    assertThat(stored.headers().allValues("RateLimit-Policy"))
        .containsExactlyInAnyOrder("\"events\";q=10;w=1", "\"requests\";q=20;w=1");
    assertThat(stored.headers().allValues("RateLimit"))
        .anySatisfy(field -> assertThat(field).matches("\"events\";r=[0-9]+;t=1"))
        .anySatisfy(field -> assertThat(field).matches("\"requests\";r=1?[0-9];t=1"));

    post("203.0.113.1", 40);
    HttpResponse<String> refused = post("203.0.113.1", 1);
    assertThat(refused.statusCode()).isEqualTo(429);
    String seconds = Api.header(refused, "Retry-After");
    assertThat(seconds).matches("[2-5]");
    assertThat(refused.headers().allValues("RateLimit")).contains("\"events\";r=0;t=" + seconds);
  }

  @Test
  void an_address_that_asks_too_often_is_429_and_others_are_not() {
    HttpResponse<String> last = get("203.0.113.2");
    for (int i = 0; i < 200 && last.statusCode() != 429; i++) {
      last = get("203.0.113.2");
    }
    assertThat(last.statusCode()).isEqualTo(429);
    assertThat(Api.header(last, "Retry-After")).isEqualTo("1");
    assertThat(Api.json(last).get("detail").asText())
        .isEqualTo("an address may make 20 requests a second");
    assertThat(last.headers().allValues("RateLimit")).containsExactly("\"requests\";r=0;t=1");

    assertThat(get("203.0.113.3").statusCode()).isEqualTo(200);
    assertThat(Metric.limited(consumer, "address_rate")).isGreaterThanOrEqualTo(1);
  }

  @Test
  void where_no_rate_is_limited_nothing_is_said() {
    assertThat(consumer.get("/ready").headers().map())
        .doesNotContainKeys("ratelimit", "ratelimit-policy");
  }
}
