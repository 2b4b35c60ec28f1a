package io.messagerelay.consumer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.messagerelay.consumer.store.FaultProxy;
import io.messagerelay.servers.TestDatabase;
import io.messagerelay.servers.TestServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client hears while the database of a running service is not itself. */
class MysqlOutageIT {
  /** The two seconds that are promised, and one for a machine that has other things to do. */
  private static final Duration SOON = Duration.ofSeconds(3);

  private static final Duration BACK = Duration.ofSeconds(60);
  private static final Pattern EVENT_ID = Pattern.compile("\"event_id\":");

  private static TestServer server;

  @TempDir private Path folder;
  private TestDatabase place;
  private FaultProxy proxy;
  private RunningConsumer consumer;
  private String token;

  @BeforeAll
  static void startServer() {
    server = TestServer.own();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void start() {
    place = server.newDatabase();
    proxy = FaultProxy.before(place.host(), place.port());
    consumer =
        RunningConsumer.start(
            folder,
            Map.of(
                "MYSQL_HOST", "127.0.0.1",
                "MYSQL_PORT", Integer.toString(proxy.port()),
                "MYSQL_DATABASE", place.name(),
                "MYSQL_USER", place.user(),
                "MYSQL_PASSWORD", place.password(),
                "MYSQL_TLS", "disabled"));
    token = consumer.token("events:write events:read");
    assertThat(post("before").statusCode()).isEqualTo(201);
  }

  @AfterEach
  void stop() {
    consumer.close();
    proxy.close();
    place.close();
  }

  @Test
  void nobody_waits_for_a_frozen_server_and_all_goes_on_when_it_thaws() {
    server.freeze();
    try {
      assertAway(() -> post("a"));
      assertAway(this::list);
      assertAway(this::login);
      assertNotReady();
    } finally {
      server.thaw();
    }
    assertBack();
  }

  @Test
  void a_killed_server_is_told_and_all_goes_on_when_it_is_back() {
    server.kill();
    try {
      assertAway(() -> post("a"));
      assertAway(this::list);
      assertAway(this::login);
      assertNotReady();
    } finally {
      server.start();
    }
    assertBack();
  }

  @Test
  void a_read_only_server_is_read_and_takes_events_again_when_it_may() {
    server.administer("SET GLOBAL read_only = 1");
    try {
      assertAway(() -> post("a"));
      assertAway(this::login);
      assertNotReady();
      assertThat(list().statusCode()).isEqualTo(200);
    } finally {
      server.administer("SET GLOBAL read_only = 0");
    }
    assertBack();
  }

  @Test
  void a_lost_commit_is_not_noticed() {
    proxy.loseNextCommit();
    assertThat(post("a").statusCode()).isEqualTo(201);
    proxy.loseAnswerOfNextCommit();
    assertThat(post("b").statusCode()).isEqualTo(201);

    assertThat(proxy.harmDone()).isEqualTo(2);
    assertThat(events()).isEqualTo(3);
  }

  @Test
  void a_commit_that_cannot_be_looked_up_is_unknown_and_then_a_duplicate() {
    proxy.loseAnswerOfNextCommitAndRefuse();
    HttpResponse<String> unknown = assertAway(() -> post("a"));
    assertThat(unknown.body()).contains("urn:message-relay:problem:commit-unknown");
    proxy.accepting();

    await().atMost(BACK).until(() -> post("a").statusCode() == 200);
    assertThat(post("a").body()).contains("\"duplicate\":true");
    assertThat(events()).isEqualTo(2);
  }

  /** What readiness says may be a second old. */
  private void assertNotReady() {
    await().atMost(Duration.ofSeconds(2)).until(() -> ready().statusCode() != 200);
    assertAway(this::ready);
  }

  private HttpResponse<String> assertAway(Supplier<HttpResponse<String>> call) {
    long begin = System.nanoTime();
    HttpResponse<String> answer = call.get();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).as(answer.body()).isLessThan(SOON);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).as(answer.body()).isPresent();
    return answer;
  }

  /** By itself; and the event that was put off is there once. */
  private void assertBack() {
    await().atMost(BACK).until(() -> post("a").statusCode() < 300);
    await().atMost(BACK).until(() -> ready().statusCode() == 200);
    assertThat(post("a").body()).contains("\"duplicate\":true");
    await().atMost(BACK).until(() -> post("after").statusCode() < 300);
    await().atMost(BACK).until(() -> login().statusCode() == 200);
    assertThat(events()).isEqualTo(3);
  }

  private long events() {
    await().atMost(BACK).until(() -> list().statusCode() == 200);
    return EVENT_ID.matcher(list().body()).results().count();
  }

  private HttpResponse<String> ready() {
    return consumer.get("/ready");
  }

  private HttpResponse<String> login() {
    HttpResponse<String> answer =
        consumer.postForm("/token", "grant_type=password&username=relay&password=secret");
    if (answer.statusCode() != 200) {
      assertThat(answer.body()).contains("\"error\":\"temporarily_unavailable\"");
    }
    return answer;
  }

  private HttpResponse<String> list() {
    return consumer.send(authorized("/event").GET());
  }

  private HttpResponse<String> post(String id) {
    String event =
        "{\"event_type\":\"t\",\"event_payload\":\"p\",\"event_id\":\"%s\"}".formatted(id);
    return consumer.send(
        authorized("/event")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(event)));
  }

  private HttpRequest.Builder authorized(String path) {
    return consumer.request(path).header("Authorization", "Bearer " + token);
  }
}
