package io.messagerelay.base.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.messagerelay.base.trace.Span.Part;
import io.messagerelay.servers.TestCollector;
import io.messagerelay.servers.TestCollector.Received;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OtlpSpansTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";
  private static final Instant BEGAN = Instant.parse("2026-11-30T12:00:00.000000250Z");

  private final TestCollector collector = TestCollector.open();

  @AfterEach
  void close() {
    collector.close();
  }

  private Spans open(double share) {
    var settings =
        new TraceSettings(
            URI.create(collector.url() + "/"), Map.of("x-team", "7"), share, "orders");
    return OtlpSpans.open(settings, System::nanoTime);
  }

  private static Span span(
      Part part, @Nullable String id, @Nullable String parent, @Nullable String failure) {
    return new Span(
        part,
        TRACE,
        id,
        parent,
        BEGAN,
        BEGAN.plusMillis(3),
        Map.of("messaging.message.id", "id-1", "empty", ""),
        Map.of("message_relay.attempts", 2L),
        failure);
  }

  @Test
  void span_comes_with_its_ids_times_and_attributes() {
    try (Spans spans = open(1)) {
      spans.add(span(Part.SEND, "00f067aa0ba902b7", PARENT, null));
    }

    Received span = collector.spans().getFirst();
    assertThat(collector.spans()).hasSize(1);
    assertThat(span.service()).isEqualTo("orders");
    assertThat(span.name()).isEqualTo("send");
    assertThat(span.kind()).isEqualTo(SpanKind.SPAN_KIND_CLIENT);
    assertThat(List.of(span.trace(), span.id(), span.parent()))
        .containsExactly(TRACE, "00f067aa0ba902b7", PARENT);
    assertThat(span.beganNanos())
        .isEqualTo(BEGAN.getEpochSecond() * 1_000_000_000 + BEGAN.getNano());
    assertThat(span.endedNanos() - span.beganNanos()).isEqualTo(3_000_000);
    assertThat(span.attributes())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "messaging.system", "message-relay",
                "messaging.operation.name", "send",
                "messaging.message.id", "id-1",
                "message_relay.attempts", "2"));
    assertThat(span.failure()).isEmpty();
    assertThat(collector.headers().getFirst()).containsEntry("X-team", List.of("7"));
  }

  @Test
  void trace_may_begin_here_and_ids_that_nobody_has_to_know_are_any() {
    try (Spans spans = open(1)) {
      spans.add(span(Part.RELAY, null, null, "rejected: no type"));
      spans.add(span(Part.STORE, null, null, null));
    }

    assertThat(collector.spans())
        .hasSize(2)
        .allSatisfy(
            span -> {
              assertThat(span.trace()).isEqualTo(TRACE);
              assertThat(span.parent()).isEmpty();
              assertThat(span.id()).matches("[0-9a-f]{16}");
            })
        .extracting(Received::id)
        .doesNotHaveDuplicates();
    assertThat(collector.spans())
        .extracting(Received::failure)
        .containsExactlyInAnyOrder("rejected: no type", "");
  }

  @Test
  void beginning_of_a_trace_decides_and_where_it_is_silent_the_share() {
    try (Spans all = open(1);
        Spans none = open(0);
        Spans half = open(0.5)) {
      assertThat(List.of(all.records(TRACE, null), all.records(TRACE, false)))
          .containsExactly(true, false);
      assertThat(List.of(none.records(TRACE, null), none.records(TRACE, true)))
          .containsExactly(false, true);
      long recorded =
          IntStream.range(0, 1_000)
              .mapToObj(n -> "%032x".formatted(n * 0x0102030405060708L))
              .filter(trace -> half.records(trace, null))
              .count();
      assertThat(recorded).isBetween(400L, 600L);
    }
  }

  @Test
  void collector_that_fails_keeps_nobody_waiting_and_gets_what_comes_later() {
    collector.answers(400);
    try (Spans spans = open(1)) {
      spans.add(span(Part.STORE, null, null, null));
      await().atMost(Duration.ofSeconds(30)).until(() -> !collector.headers().isEmpty());
      collector.answers(200);
      spans.add(span(Part.SEND, null, null, null));
    }

    assertThat(collector.spans()).extracting(Received::name).containsExactly("send");
  }

  @Test
  void collector_that_is_away_does_not_hold_up_the_end() {
    collector.close();
    Instant begun = Instant.now();
    try (Spans spans = open(1)) {
      IntStream.range(0, 50_000).forEach(n -> spans.add(span(Part.STORE, null, null, null)));
    }

    assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(30));
  }
}
