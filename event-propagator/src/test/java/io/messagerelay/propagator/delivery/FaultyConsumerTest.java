package io.messagerelay.propagator.delivery;

import static io.messagerelay.propagator.auth.FaultServer.endless;
import static io.messagerelay.propagator.auth.FaultServer.head;
import static io.messagerelay.propagator.auth.FaultServer.raw;
import static io.messagerelay.propagator.auth.FaultServer.reply;
import static io.messagerelay.propagator.auth.FaultServer.reset;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.propagator.auth.Endpoint;
import io.messagerelay.propagator.auth.Exchange;
import io.messagerelay.propagator.auth.FaultServer;
import io.messagerelay.propagator.auth.FaultServer.Answer;
import io.messagerelay.propagator.auth.FaultServer.Request;
import io.messagerelay.propagator.auth.TokenAnswer.Token;
import io.messagerelay.propagator.loop.RateLimit;
import io.messagerelay.propagator.loop.Step;
import io.messagerelay.propagator.spool.Lanes;
import io.messagerelay.propagator.spool.ManualClock;
import io.messagerelay.propagator.spool.NewEntry;
import io.messagerelay.propagator.spool.RecordedNote;
import io.messagerelay.propagator.spool.Spool;
import io.messagerelay.propagator.spool.SpoolLimits;
import io.messagerelay.propagator.spool.SqliteSpool;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A whole relay, its spool on disk, and over real sockets a consumer that fails in every way.
 * Delays pass on a clock that the test drives.
 */
@Timeout(120)
class FaultyConsumerTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration LITTLE_PATIENCE = Duration.ofMillis(300);
  private static final Pattern ID = Pattern.compile("\"event_id\":\"(id-[0-9]+)\"");

  @TempDir Path folder;

  private final ManualClock clock = new ManualClock();
  private final List<String> stored = new ArrayList<>();
  private final List<Integer> sizes = new ArrayList<>();
  private FaultServer server;
  private Spool spool;
  private Exchange http;
  private RecordedLog alarms;
  private List<Step> steps;

  @BeforeEach
  void open() throws IOException {
    alarms = new RecordedLog(DeliveryLog.class.getName());
    server = new FaultServer();
    spool =
        SqliteSpool.open(
            folder.resolve("spool.db"), new Lanes(1), new SpoolLimits(1L << 30, 0), clock);
    wait(PATIENCE);
  }

  /** Waits so long for answers from now on. */
  private void wait(Duration patience) {
    http = Exchange.open(PATIENCE, patience, clock);
    steps = steps();
  }

  private List<Step> steps() {
    var receiver =
        new Receiver(
            new Endpoint(server.uri("/event")),
            Acknowledge.ID,
            "message-relay/0.1.0",
            Optional::empty,
            Traces.AS_BROUGHT);
    var sender = new HttpEventSender(http, new FakeTokens(new Token("t")), receiver);
    var pace =
        new Pace(
            new RetrySchedule(clock, new Random(42)),
            RateLimit.unbounded(),
            new Places(1, () -> 0, _ -> {}),
            clock);
    var log = new DeliveryLog(() -> 0, new RecordedNote());
    var giveUp = new GiveUp(Optional.empty(), clock);
    return List.of(
        new Relay(spool, sender, pace, log, new Lane(0, 100)),
        new AsideRelay(spool, sender, pace, log, giveUp, 1));
  }

  @AfterEach
  void close() throws IOException {
    http.close();
    spool.close();
    server.close();
    alarms.close();
  }

  @Test
  void requests_that_are_too_large_are_halved() throws Exception {
    server.answers(unless(request -> ids(request).size() > 7, reply(413, "")));
    take(100);

    advance(MINUTE);

    assertThat(sizes).startsWith(100, 50, 25, 12, 6);
    assertThat(stored).isEqualTo(ids(1, 100));
    assertThat(spool.books().pending()).isZero();
  }

  static Stream<Arguments> an_event_of_which_it_fails_is_set_aside_and_passes_when_it_is_mended() {
    return Stream.of(
        Arguments.of("500", reply(500, "<html>")),
        Arguments.of("502 of a proxy", reply(502, "")),
        Arguments.of("503", reply(503, "")),
        Arguments.of("503 that asks for a second", reply(503, "", "Retry-After: 1")),
        Arguments.of("cut without an answer", reset()),
        Arguments.of("cut in the middle of one", raw(head(201) + "Content-Length: 90\r\n\r\n{\"s")),
        Arguments.of("no answer in time", null));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void an_event_of_which_it_fails_is_set_aside_and_passes_when_it_is_mended(
      String name, Answer answer) throws Exception {
    if (answer == null) {
      http.close();
      wait(LITTLE_PATIENCE);
    }
    Answer failing = answer == null ? server.hang("") : answer;
    server.answers(unless(request -> ids(request).contains("id-4"), failing));
    take(10);

    advance(Duration.ofMinutes(3));

    assertThat(stored).as(name).doesNotContain("id-4").hasSize(9);
    assertThat(alarms.lines()).anyMatch(line -> line.contains("set aside after"));
    assertThat(spool.books().pending()).as("it is kept").isEqualTo(1);

    server.answers(well());
    advance(Duration.ofMinutes(6));
    assertThat(stored).last().isEqualTo("id-4");
    assertThat(spool.books().pending()).isZero();
  }

  static Stream<Arguments> what_it_asks_for_is_waited_for_and_nonsense_is_not() {
    String inAMinute =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            new ManualClock().instant().plus(MINUTE).atOffset(ZoneOffset.UTC));
    return Stream.of(
            Map.entry("60", 60),
            Map.entry(inAMinute, 59),
            Map.entry("0", 0),
            Map.entry("-5", 0),
            Map.entry("99999999999999999999", 0),
            Map.entry("100000", 0),
            Map.entry("soon", 0),
            Map.entry("Thu, 01 Jan 1970 00:00:00 GMT", 0))
        .flatMap(
            asked ->
                Stream.of(429, 503)
                    .map(status -> Arguments.of(status, asked.getKey(), asked.getValue())));
  }

  @ParameterizedTest
  @MethodSource
  void what_it_asks_for_is_waited_for_and_nonsense_is_not(int status, String asked, int seconds)
      throws Exception {
    server.answers(reply(status, "", "Retry-After: " + asked));
    take(1);
    Instant begun = clock.instant();
    steps.getFirst().run();
    server.answers(well());

    while (spool.books().pending() > 0) {
      advance(Duration.ofMillis(100));
    }

    assertThat(Duration.between(begun, clock.instant()).toSeconds())
        .isBetween((long) seconds, seconds + 1L);
  }

  @Test
  void wrong_setting_holds_everything_with_one_alarm_and_kills_nothing() throws Exception {
    for (int status : List.of(403, 404, 405)) {
      server.answers(reply(status, "{\"detail\":\"no\"}"));
      take(5);
      int before = server.requests().size();

      advance(Duration.ofMinutes(5));

      assertThat(server.requests().size() - before).as("requests to %d", status).isBetween(9, 12);
      assertThat(spool.books().dead()).as("%d", status).isZero();
      server.answers(well());
      advance(MINUTE);
      assertThat(spool.books().pending()).as("%d", status).isZero();
    }
    assertThat(alarms.lines().stream().filter(line -> line.startsWith("ERROR"))).hasSize(3);
  }

  static Stream<Arguments> an_answer_that_lies_is_never_a_delivery() {
    String good = "{\"status\":\"success\",\"event_id\":\"id-1\",\"id\":7}";
    return Stream.of(
        Arguments.of("HTML", reply(200, "<html>welcome</html>")),
        Arguments.of("nothing", reply(201, "")),
        Arguments.of("204", raw(head(204) + "\r\n")),
        Arguments.of("half", raw(head(201) + "Content-Length: 90\r\n\r\n" + good)),
        Arguments.of("another id", reply(201, good.replace("id-1", "id-2"))),
        Arguments.of("a redirect", reply(307, "", "Location: /elsewhere")),
        Arguments.of("a redirect to itself", reply(301, "", "Location: /event")),
        Arguments.of("no results", reply(200, "{\"results\":[]}")),
        Arguments.of("a body without end", endless()),
        Arguments.of("accepted for later", reply(202, "{\"status\":\"accepted\"}")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void an_answer_that_lies_is_never_a_delivery(String name, Answer lie) throws Exception {
    server.answers(lie);
    take(1);

    advance(MINUTE);
    assertThat(server.requests()).as(name).hasSizeGreaterThan(3);
    assertThat(spool.books().pending()).as(name).isEqualTo(1);

    server.answers(well());
    advance(Duration.ofMinutes(6));
    assertThat(stored).containsExactly("id-1");
    assertThat(spool.books().delivered()).isEqualTo(1);
  }

  @Test
  void the_consumer_sees_how_often_an_event_was_tried_and_the_trace_it_brings() throws Exception {
    String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    server.answers(reply(500, ""), reply(500, ""), well());
    String body = "{\"event_id\":\"id-1\",\"traceparent\":\"%s\"}".formatted(trace);
    spool.take(
        "file",
        List.of(new NewEntry.Deliverable("id-1", null, "file:1", body.getBytes(UTF_8))),
        null);

    advance(MINUTE);

    assertThat(server.requests())
        .extracting(request -> request.headers().get("relay-attempt"))
        .containsExactly("1", "2", "3");
    assertThat(server.requests())
        .extracting(request -> request.headers().get("traceparent"))
        .containsOnly(trace);
  }

  private void take(int events) {
    int taken = (int) spool.books().taken();
    List<NewEntry> entries =
        ids(taken + 1, taken + events).stream()
            .<NewEntry>map(
                id ->
                    new NewEntry.Deliverable(
                        id,
                        null,
                        "file:" + id,
                        "{\"event_id\":\"%s\"}".formatted(id).getBytes(UTF_8)))
            .toList();
    spool.take("file", entries, null);
  }

  private static List<String> ids(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(i -> "id-" + i).toList();
  }

  private static List<String> ids(Request request) {
    return ID.matcher(request.text()).results().map((MatchResult it) -> it.group(1)).toList();
  }

  /** Stores each once, and says so. */
  private Answer well() {
    return unless(request -> false, reset());
  }

  private Answer unless(Predicate<Request> fails, Answer failure) {
    return (Request request, Socket socket) -> {
      sizes.add(ids(request).size());
      Answer answer = fails.test(request) ? failure : stores(ids(request));
      answer.write(request, socket);
    };
  }

  private Answer stores(List<String> ids) {
    ids.stream().filter(id -> !stored.contains(id)).forEach(stored::add);
    if (ids.size() == 1) {
      return reply(
          201, "{\"status\":\"success\",\"event_id\":\"%s\",\"id\":7}".formatted(ids.getFirst()));
    }
    return reply(
        200,
        ids.stream()
            .map("{\"status\":\"stored\",\"event_id\":\"%s\"}"::formatted)
            .collect(Collectors.joining(",", "{\"results\":[", "]}")));
  }

  private void advance(Duration time) throws InterruptedException {
    var turns = new Turns(clock, () -> assertThat(spool.books().balanced()).isTrue());
    turns.advance(steps, time);
  }
}
