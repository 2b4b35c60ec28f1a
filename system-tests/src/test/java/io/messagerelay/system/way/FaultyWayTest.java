package io.messagerelay.system.way;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each fault arrives at a client as what it is called, before or after the consumer has it. */
@Timeout(60)
final class FaultyWayTest {
  private static final String EVENTS =
      "[{\"event_type\":\"sample.3\"},{\"event_type\":\"sample.4\"}]";
  private static final String HALF =
      StubConsumer.STORED.substring(0, StubConsumer.STORED.length() / 2);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final StubConsumer consumer = new StubConsumer();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Pause> pauses = Collections.synchronizedList(new ArrayList<>());

  /**
   * Time that was let pass.
   *
   * @param taken how many requests the consumer had then
   */
  private record Pause(Duration time, int taken) {}

  /**
   * What came by a connection until its end.
   *
   * @param isReset whether that was RST
   */
  private record Heard(String text, boolean isReset) {}

  @AfterEach
  void close() {
    consumer.close();
    http.shutdownNow();
  }

  @Test
  void what_is_not_struck_passes_both_ways_as_it_is() throws Exception {
    try (FaultyWay way = way(Fault.TOO_MANY, 2)) {
      HttpResponse<String> first = post(way);
      HttpResponse<String> second = post(way);
      HttpResponse<String> answer = first.statusCode() == 429 ? second : first;

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(StubConsumer.STORED);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(consumer.taken())
          .containsExactly(new StubConsumer.Taken("POST", "/event?a=b", "Bearer t", EVENTS));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TOO_MANY,      0, 429, ''",
    "UNAVAILABLE,   0, 503, ''",
    "BROKEN_BEFORE, 0, 50., <html><h1>gateway</h1></html>",
    "BROKEN_AFTER,  1, 50., <html><h1>gateway</h1></html>",
    "PAGE,          0, 200, <html><h1>gateway</h1></html>",
    "NO_CONTENT,    0, 204, ''",
    "MOVED,         0, 307, ''",
    "UNAUTHORIZED,  0, 401, ''",
    "TOO_LARGE,     0, 413, <html><h1>gateway</h1></html>",
  })
  void an_answer_in_place_of_the_consumers(Fault fault, int taken, String status, String body)
      throws Exception {
    try (FaultyWay way = way(fault, 1)) {
      HttpResponse<String> answer = post(way);

      assertThat(String.valueOf(answer.statusCode())).matches(status);
      assertThat(answer.body()).isEqualTo(body);
      assertThat(consumer.taken()).hasSize(taken);
      assertCounted(way, fault);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TRUNCATED", "FEWER_RESULTS", "OTHER_IDS"})
  void a_lie_about_what_the_consumer_said(Fault fault) throws Exception {
    String told =
        switch (fault) {
          case TRUNCATED -> HALF;
          case FEWER_RESULTS -> "{\"results\":[{\"status\":\"stored\",\"event_id\":\"a\"}]}";
          default ->
              "{\"results\":[{\"status\":\"stored\",\"event_id\":\"other-a\"},"
                  + "{\"status\":\"stored\",\"event_id\":\"other-b\"}]}";
        };
    try (FaultyWay way = way(fault, 1)) {
      HttpResponse<String> answer = post(way);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(told);
      assertThat(consumer.taken()).hasSize(1);
      assertCounted(way, fault);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RESET_BEFORE,  0, true,  false",
    "CLOSED_BEFORE, 0, false, false",
    "RESET_AFTER,   1, true,  false",
    "CLOSED_AFTER,  1, false, false",
    "RESET_WITHIN,  1, true,  true",
    "CLOSED_WITHIN, 1, false, true",
  })
  void a_connection_that_is_cut(Fault fault, int taken, boolean isReset, boolean isWithin)
      throws Exception {
    try (FaultyWay way = way(fault, 1)) {
      Heard heard = postAndListen(way);

      assertThat(heard.isReset()).isEqualTo(isReset);
      assertThat(consumer.taken()).hasSize(taken);
      assertThat(heard.text().isEmpty()).isNotEqualTo(isWithin);
      if (isWithin) {
        assertThat(heard.text())
            .startsWith("HTTP/1.1 200 ")
            .contains("Content-Length: " + StubConsumer.STORED.length() + "\r\n")
            .endsWith("\r\n\r\n" + HALF);
      }
      assertThatThrownBy(() -> post(way)).isInstanceOf(IOException.class);
      assertThat(allInjectedOn(way).counts()).containsEntry(fault.toString(), 2L);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "REQUEST_DELAYED,  0, 0,    2000",
    "ANSWER_DELAYED,   1, 0,    2000",
    "REQUEST_TOO_LATE, 0, 3001, 4000",
    "ANSWER_TOO_LATE,  1, 3001, 4000",
  })
  void a_delay(Fault fault, int taken, int leastMillis, int mostMillis) throws Exception {
    try (FaultyWay way = way(fault, 1)) {
      assertThat(post(way).body()).isEqualTo(StubConsumer.STORED);

      assertThat(pauses).singleElement().extracting(Pause::taken).isEqualTo(taken);
      assertThat(pauses.getFirst().time())
          .isBetween(Duration.ofMillis(leastMillis), Duration.ofMillis(mostMillis));
      assertThat(consumer.taken()).hasSize(1);
      assertCounted(way, fault);
    }
  }

  @ParameterizedTest
  @CsvSource({"TWICE, 0", "REPEATED, 1"})
  void a_request_that_the_consumer_gets_twice(Fault fault, int pausesBetween) throws Exception {
    try (FaultyWay way = way(fault, 1)) {
      assertThat(post(way).body()).isEqualTo(StubConsumer.STORED);

      assertThat(consumer.hasTaken(2, PATIENCE)).isTrue();
      assertThat(Set.copyOf(consumer.taken())).hasSize(1);
      assertThat(pauses).hasSize(pausesBetween);
      assertThat(consumer.hasTaken(1, Duration.ZERO)).isFalse();
    }
  }

  @Test
  void an_event_that_is_poison_is_stopped_and_others_pass() throws Exception {
    var poison = new Poison(Set.of(4), 2, PATIENCE, () -> 0);
    try (FaultyWay way = way(new Troubles(never(), never(), poison, new Narrows()))) {
      assertThat(isStored(way, EVENTS)).isFalse();
      assertThat(isStored(way, "[{\"event_type\":\"sample.3\"}]")).isTrue();
      assertThat(isStored(way, "[{\"event_type\":\"sample.4\"}]")).isFalse();
      assertThat(consumer.taken()).hasSize(1);
      assertThat(isStored(way, EVENTS)).isTrue();
      assertThat(allInjectedOn(way).toString())
          .contains(" 2 × stopped by poison, ")
          .endsWith(" 1 poisonous events");
    }
  }

  @Test
  void a_login_is_struck_by_troubles_of_its_own() throws Exception {
    var troubles = new Troubles(never(), always(Fault.UNAVAILABLE), noPoison(), new Narrows());
    try (FaultyWay way = way(troubles)) {
      assertThat(send(way, "/token", "grant_type=password").statusCode()).isEqualTo(503);
      assertThat(post(way).statusCode()).isEqualTo(200);
      assertThat(allInjectedOn(way).counts())
          .containsEntry("login broken", 1L)
          .containsEntry("503", 0L);
    }
  }

  @Test
  void a_fault_after_the_commit_waits_for_one() throws Exception {
    consumer.answers(503);
    try (FaultyWay way = way(Fault.BROKEN_AFTER, 1)) {
      post(way);
      assertThat(allInjectedOn(way).missing()).contains("5xx after the commit");
    }
  }

  @Test
  void a_consumer_that_is_away_breaks_the_connection() throws Exception {
    consumer.close();
    try (FaultyWay way = way(Fault.REQUEST_DELAYED, 1)) {
      assertThat(postAndListen(way)).isEqualTo(new Heard("", true));
      assertThat(allInjectedOn(way).missing()).contains("request delayed");
    }
  }

  private static Deal always(Fault fault) {
    return new Deal(List.of(fault), 1, new SplittableRandom(1));
  }

  private static Deal never() {
    return new Deal(List.of(), Integer.MAX_VALUE, new SplittableRandom(1));
  }

  private static Poison noPoison() {
    return new Poison(Set.of(), 1, PATIENCE, () -> 0);
  }

  private FaultyWay way(Fault fault, int oneOf) {
    var deal = new Deal(List.of(fault), oneOf, new SplittableRandom(1));
    return way(new Troubles(deal, never(), noPoison(), new Narrows()));
  }

  private FaultyWay way(Troubles troubles) {
    return FaultyWay.open(
        consumer.url(),
        troubles,
        new SplittableRandom(1),
        time -> pauses.add(new Pause(time, consumer.taken().size())));
  }

  private static void assertCounted(FaultyWay way, Fault fault) {
    Injected injected = allInjectedOn(way);
    assertThat(injected.counts()).containsEntry(fault.toString(), 1L);
    assertThat(injected.missing()).hasSize(injected.counts().size() - 1);
  }

  /** Closed, because an answer may arrive before it is counted. */
  private static Injected allInjectedOn(FaultyWay way) {
    way.close();
    return way.injected();
  }

  private HttpResponse<String> post(FaultyWay way) throws Exception {
    return send(way, "/event?a=b", EVENTS);
  }

  private boolean isStored(FaultyWay way, String events) throws Exception {
    try {
      return send(way, "/event", events).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private HttpResponse<String> send(FaultyWay way, String target, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(way.url().resolve(target))
            .header("Authorization", "Bearer t")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static Heard postAndListen(FaultyWay way) throws IOException {
    var heard = new ByteArrayOutputStream();
    try (var socket = new Socket(way.url().getHost(), way.url().getPort())) {
      String head = "POST /event HTTP/1.1\r\nHost: x\r\nContent-Length: ";
      socket
          .getOutputStream()
          .write((head + EVENTS.length() + "\r\n\r\n" + EVENTS).getBytes(ISO_8859_1));
      try {
        socket.getInputStream().transferTo(heard);
        return new Heard(heard.toString(ISO_8859_1), false);
      } catch (SocketException e) {
        return new Heard(heard.toString(ISO_8859_1), true);
      }
    }
  }
}
