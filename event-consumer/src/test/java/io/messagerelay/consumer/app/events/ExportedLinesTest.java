package io.messagerelay.consumer.app.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.messagerelay.consumer.store.StoredEvent;
import io.messagerelay.contract.Event;
import io.messagerelay.contract.Payload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExportedLinesTest {
  private static final String FIRST =
      "{\"id\":3,\"event_id\":\"a\",\"type\":\"t\",\"payload\":\"\\u00e9 \\\"q\\\"\",\"received_time\":\"2026-03-01T08:00:00.000001Z\",\"event_key\":\"k\"}";
  private static final String SECOND =
      "{\"id\":5,\"event_id\":\"b\",\"type\":\"t\",\"payload\":{\"a\": 1E400},\"received_time\":\"2026-03-01T08:00:00.000002Z\"}";
  private static final String ERASED =
      "{\"id\":4,\"event_id\":\"x\",\"type\":\"t\",\"payload\":null,\"erased\":true,\"received_time\":\"2026-03-01T08:00:00.000001Z\"}";

  private static ExportedLines lines(byte[] text) throws IOException {
    return ExportedLines.of(new ByteArrayInputStream(text));
  }

  private static ExportedLines lines(String text) throws IOException {
    return lines(text.getBytes(UTF_8));
  }

  private static void assertBoth(ExportedLines lines) throws IOException {
    ExportedLines.Some some = lines.next();
    assertThat(some.events())
        .containsExactly(
            new StoredEvent(
                3,
                new Event("a", "t", Payload.ofString("é \"q\""), "k", null),
                Instant.parse("2026-03-01T08:00:00.000001Z")),
            new StoredEvent(
                5,
                new Event("b", "t", new Payload(Payload.Kind.JSON, "{\"a\": 1E400}"), null, null),
                Instant.parse("2026-03-01T08:00:00.000002Z")));
    assertThat(some.lines()).isEqualTo(List.of(1L, 3L));
    assertThat(lines.erased()).isOne();
    assertThat(lines.next().events()).isEmpty();
  }

  @Test
  void an_export_is_read_plain_and_gzipped_with_and_without_a_last_line_end() throws IOException {
    String text = FIRST + "\n" + ERASED + "\n" + SECOND;
    var gzipped = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(gzipped)) {
      out.write((text + "\n").getBytes(UTF_8));
    }

    assertBoth(lines(text));
    assertBoth(lines(text + "\n"));
    assertBoth(lines(gzipped.toByteArray()));
    assertThat(lines("").next().events()).isEmpty();
  }

  @Test
  void a_batch_keeps_to_its_number() throws IOException {
    ExportedLines lines = lines((FIRST + "\n").repeat(2_300));

    assertThat(lines.next().events()).hasSize(1_000);
    assertThat(lines.next().events()).hasSize(1_000);
    assertThat(lines.next().events()).hasSize(300);
    assertThat(lines.next().events()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no json",
        "{\"event_id\":\"a\",\"event_type\":\"t\",\"event_payload\":\"p\"}",
        "{\"id\":3,\"event_id\":\"a\",\"type\":\"t\",\"payload\":\"p\",\"received_time\":\"noon\"}",
        "{\"id\":3,\"event_id\":\"a\",\"type\":\"t\",\"payload\":\"p\"}"
      })
  void another_line_is_named(String other) {
    assertThatThrownBy(() -> lines(FIRST + "\n" + other + "\n").next())
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            "line 2: is no event as event-consumer export --stored writes it (");
  }

  @Test
  void a_line_without_an_end_is_not_kept_in_memory() {
    assertThatThrownBy(() -> lines("x".repeat(5 * 1024 * 1024)).next())
        .hasMessage("line 1: is longer than 4194304 bytes");
  }
}
