package io.messagerelay.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventTraceTest {
  private static final String BROUGHT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0";

  @Test
  void event_goes_on_in_the_trace_that_it_brings() {
    EventTrace trace = EventTrace.of("id-1", BROUGHT + "1");

    assertThat(trace.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(trace.parent()).isEqualTo("b7ad6b7169203331");
    assertThat(trace.wanted()).isTrue();
    assertThat(EventTrace.of("id-1", BROUGHT + "0").wanted()).isFalse();
    assertThat(EventTrace.of("id-1", BROUGHT + "3").wanted()).isTrue();
  }

  @Test
  void event_without_one_begins_a_trace_that_is_always_the_same() {
    EventTrace trace = EventTrace.of("id-1", null);

    assertThat(trace).isEqualTo(EventTrace.of("id-1", null));
    assertThat(trace.parent()).isNull();
    assertThat(trace.wanted()).isNull();
    assertThat(trace.traceId()).matches("[0-9a-f]{32}").isNotEqualTo("0".repeat(32));
  }

  @Test
  void names_of_spans_are_of_the_event_alone() {
    List<EventTrace> traces =
        List.of(
            EventTrace.of("id-1", null),
            EventTrace.of("id-2", null),
            EventTrace.of("id-3", BROUGHT + "1"));

    assertThat(traces.stream().flatMap(it -> Stream.of(it.relaySpan(), it.sendSpan())))
        .doesNotHaveDuplicates()
        .allSatisfy(name -> assertThat(name).matches("[0-9a-f]{16}"));
    assertThat(EventTrace.of("id-1", BROUGHT + "1").sendSpan())
        .isEqualTo(traces.getFirst().sendSpan());
  }

  @Test
  void what_a_request_causes_is_told_its_span() {
    EventTrace trace = EventTrace.of("id-1", BROUGHT + "1");

    assertThat(trace.whileSent(true))
        .isEqualTo("00-0af7651916cd43dd8448eb211c80319c-" + trace.sendSpan() + "-01");
    assertThat(trace.whileSent(false)).endsWith("-00").matches(Traceparent.FORM);
  }
}
