package io.messagerelay.consumer.app.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.messagerelay.base.CommandException;
import io.messagerelay.consumer.store.EventImport.Outcome;
import io.messagerelay.consumer.store.StoreException;
import io.messagerelay.consumer.store.StoredEvent;
import io.messagerelay.contract.Event;
import io.messagerelay.contract.Payload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What import reads, and what it hands to the store. */
final class ExportedLinesTest {
  private static final String FIRST =
      "{\"id\":3,\"event_id\":\"a\",\"type\":\"t\",\"payload\":\"\\u00e9 \\\"q\\\"\",\"received_time\":\"2026-03-01T08:00:00.000001Z\",\"event_key\":\"k\"}";
  private static final String SECOND =
      "{\"id\":5,\"event_id\":\"b\",\"type\":\"t\",\"payload\":{\"a\": 1E400},\"received_time\":\"2026-03-01T08:00:00.000002Z\"}";
  private static final String ERASED =
      "{\"id\":4,\"event_id\":\"x\",\"type\":\"t\",\"payload\":null,\"erased\":true,\"received_time\":\"2026-03-01T08:00:00.000001Z\"}";

  private final List<List<StoredEvent>> stored = new ArrayList<>();
  private final Deque<StoreException> failures = new ArrayDeque<>();
  private final List<Duration> slept = new ArrayList<>();
  private Outcome.@Nullable Refused refusal;

  private Outcome take(List<StoredEvent> batch) throws StoreException {
    if (!failures.isEmpty()) {
      throw failures.poll();
    }
    stored.add(List.copyOf(batch));
    return refusal == null ? new Outcome.Taken(batch.size()) : refusal;
  }

  private Import.Done imported(byte[] text) throws IOException, InterruptedException {
    return new Import(this::take, new Patience(slept::add, Duration.ofMinutes(2)))
        .from(ExportedLines.of("in", new ByteArrayInputStream(text)), _ -> {});
  }

  private Import.Done imported(String text) throws IOException, InterruptedException {
    return imported(text.getBytes(UTF_8));
  }

  private void assertBoth(Import.Done done) {
    assertThat(done).isEqualTo(new Import.Done(2, 0, 1));
    assertThat(stored.getLast())
        .containsExactly(
            new StoredEvent(
                3,
                new Event("a", "t", Payload.ofString("é \"q\""), "k", null),
                Instant.parse("2026-03-01T08:00:00.000001Z")),
            new StoredEvent(
                5,
                new Event("b", "t", new Payload(Payload.Kind.JSON, "{\"a\": 1E400}"), null, null),
                Instant.parse("2026-03-01T08:00:00.000002Z")));
  }

  @Test
  void an_export_is_read_plain_and_gzipped_with_and_without_a_last_line_end() throws Exception {
    String text = FIRST + "\n" + ERASED + "\n" + SECOND;
    var gzipped = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(gzipped)) {
      out.write((text + "\n").getBytes(UTF_8));
    }

    assertBoth(imported(text));
    assertBoth(imported(text + "\n"));
    assertBoth(imported(gzipped.toByteArray()));
    assertThat(imported("")).isEqualTo(new Import.Done(0, 0, 0));
  }

  @Test
  void a_batch_keeps_to_its_number() throws Exception {
    assertThat(imported((FIRST + "\n").repeat(2_300)).fresh()).isEqualTo(2_300);

    assertThat(stored).extracting(List::size).containsExactly(1_000, 1_000, 300);
  }

  @Test
  void a_store_that_is_away_is_asked_again() throws Exception {
    failures.add(new StoreException(StoreException.Kind.UNAVAILABLE, "away", new IOException()));
    failures.add(new StoreException(StoreException.Kind.UNKNOWN, "lost", new IOException()));

    assertThat(imported(FIRST).fresh()).isOne();
    assertThat(slept).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
  }

  @Test
  void an_event_that_does_not_fit_is_told_by_its_line() {
    refusal = new Outcome.Refused(1, "the place 5 is not free");

    assertThatThrownBy(() -> imported(FIRST + "\n" + ERASED + "\n" + SECOND))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith("line 3: the place 5 is not free; ");
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
    assertThatThrownBy(() -> imported(FIRST + "\n" + other + "\n"))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith(
            "in: line 2: is no event as event-consumer export --stored writes it (");
  }

  @Test
  void a_line_without_an_end_is_not_kept_in_memory() {
    assertThatThrownBy(() -> imported("x".repeat(5 * 1024 * 1024)))
        .hasMessage("in: line 1: is longer than 4194304 bytes");
  }
}
