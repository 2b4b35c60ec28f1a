package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.servers.TestCollector;
import io.messagerelay.servers.TestCollector.Received;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Events in traces, from the source to the stored row. */
final class TracesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";

  @RegisterExtension final Site site = new Site();
  private final TestCollector collector = TestCollector.open();

  @AfterEach
  void close() {
    collector.close();
  }

  private Child start(Service service, Map<String, String> more, String... arguments) {
    var settings = new HashMap<>(more);
    settings.put("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url().toString());
    return site.get().start(service, settings, arguments);
  }

  private Child consumer() {
    Child consumer = start(Service.CONSUMER, Map.of(), "run");
    site.get().awaitReady(consumer, PATIENCE);
    return consumer;
  }

  /** Replays them with traces, and waits for the end. */
  private Child relay(int exitCode, String... events) throws IOException {
    Child replay = start(Service.PROPAGATOR, Map.of(), "replay", file(events));
    assertThat(replay.waitFor(PATIENCE)).as(replay.output()).isEqualTo(exitCode);
    return replay;
  }

  private String file(String... events) throws IOException {
    return Files.write(site.get().folder().resolve("events.ndjson"), List.of(events)).toString();
  }

  private static String event(String id, String payload, String more) {
    return """
        {"event_id":"%s","event_type":"order.created","event_payload":"%s"%s}"""
        .formatted(id, payload, more);
  }

  private static String brought(String flags) {
    return ",\"traceparent\":\"00-%s-%s-%s\"".formatted(TRACE, PARENT, flags);
  }

  private Received spanOf(String name, String event) {
    return collector.spans().stream()
        .filter(span -> span.name().equals(name))
        .filter(span -> event.equals(span.attributes().get("messaging.message.id")))
        .reduce(
            (one, other) -> {
              throw new AssertionError("two spans: " + one + " and " + other);
            })
        .orElseThrow(() -> new AssertionError(name + " of " + event + ": " + collector.spans()));
  }

  private List<Received> spansOf(String event) {
    return List.of(spanOf("relay", event), spanOf("send", event), spanOf("store", event));
  }

  @Test
  void event_is_one_trace_from_the_source_to_the_stored_row() throws Exception {
    consumer();
    relay(
        0,
        event("traced", "a", brought("01")),
        event("untraced", "b", brought("00")),
        event("alone", "c", ""),
        event("other", "d", ""));
    Waiting.until(
        "the consumer's spans are here",
        PATIENCE,
        () -> collector.spans().stream().filter(it -> it.name().equals("store")).count() == 3);

    for (String id : List.of("traced", "alone", "other")) {
      List<Received> spans = spansOf(id);
      Received relay = spans.get(0);
      Received send = spans.get(1);
      Received store = spans.get(2);
      assertThat(relay.service()).isEqualTo("event-propagator");
      assertThat(store.service()).isEqualTo("event-consumer");
      assertThat(relay.parent()).isEqualTo(id.equals("traced") ? PARENT : "");
      assertThat(send.parent()).isEqualTo(relay.id());
      assertThat(store.parent()).isEqualTo(send.id());
      assertThat(spans).extracting(Received::trace).containsOnly(relay.trace());
      assertThat(relay.trace().equals(TRACE)).isEqualTo(id.equals("traced"));
      assertThat(relay.beganNanos()).isLessThanOrEqualTo(send.beganNanos());
      assertThat(relay.attributes())
          .containsEntry("message_relay.event.type", "order.created")
          .containsEntry("message_relay.result", "delivered")
          .containsEntry("message_relay.attempts", "1");
      assertThat(store.attributes())
          .containsEntry("message_relay.result", "stored")
          .containsKeys("message_relay.position", "message_relay.request.id");
      assertThat(spans).extracting(Received::failure).containsOnly("");
    }
    assertThat(collector.spans()).hasSize(9);
  }

  @Test
  void page_tells_how_to_find_the_trace_of_an_event() throws Exception {
    String id = "0190163d-8694-739b-aea5-966c26f8ad91";
    var page = new DocCommands(site.get(), "docs/traces.md");
    assertThat(page.blocks()).singleElement().asString().contains(id);
    consumer();
    relay(0, event(id, "a", ""));
    Child command = page.run(page.blocks().getFirst());
    assertThat(command.waitFor(PATIENCE)).isZero();

    assertThat(command.output().strip()).isEqualTo(spanOf("relay", id).trace());
  }

  @Test
  void what_is_refused_says_why_and_what_was_stored_before_says_so() throws Exception {
    consumer();
    relay(3, event("same", "a", ""), event("same", "a", ""), event("same", "b", ""));
    Waiting.until("all spans are here", PATIENCE, () -> collector.spans().size() == 9);

    assertThat(collector.spans())
        .filteredOn(span -> span.name().equals("store"))
        .extracting(span -> span.attributes().get("message_relay.result"))
        .containsExactlyInAnyOrder("stored", "duplicate", "refused");
    assertThat(collector.spans())
        .filteredOn(span -> "dead".equals(span.attributes().get("message_relay.result")))
        .singleElement()
        .extracting(Received::failure)
        .asString()
        .contains("is taken by an event of another type or payload");
  }

  @Test
  void relay_without_traces_leaves_no_gap_in_them() throws Exception {
    consumer();
    String events = file(event("traced", "a", brought("01")));
    Child replay = site.get().start(Service.PROPAGATOR, Map.of(), "replay", events);
    assertThat(replay.waitFor(PATIENCE)).as(replay.output()).isZero();
    Waiting.until("the span is here", PATIENCE, () -> collector.spans().size() == 1);

    assertThat(spanOf("store", "traced").parent()).isEqualTo(PARENT);
  }

  @Test
  void collector_that_is_away_costs_no_event_and_is_said_once() throws Exception {
    collector.close();
    Child consumer = consumer();
    Child replay = relay(0, event("one", "a", ""), event("two", "b", ""));

    Waiting.until(
        "the consumer says that traces are lost",
        PATIENCE,
        () -> consumer.lines().stream().anyMatch(line -> line.contains("traces are lost")));
    assertThat(replay.lines())
        .filteredOn(line -> line.contains("traces are lost, events are not"))
        .hasSize(1);
    assertThat(replay.lines()).noneMatch(line -> line.contains("io.opentelemetry"));
    assertThat(consumer.lines()).noneMatch(line -> line.contains("io.opentelemetry"));
  }

  @Test
  void spans_are_lost_aloud_and_that_it_is_over_is_said_too() throws Exception {
    collector.answers(400);
    Child consumer = consumer();
    relay(0, event("lost", "a", ""));
    Waiting.until(
        "the loss is said",
        PATIENCE,
        () -> consumer.output().contains("traces are lost, events are not"));
    collector.answers(200);
    relay(0, event("told", "b", ""));

    Waiting.until(
        "it is over", PATIENCE, () -> consumer.output().contains(" again; spans lost: 1"));
    assertThat(collector.spans())
        .extracting(span -> span.attributes().get("messaging.message.id"))
        .containsOnly("told");
  }
}
