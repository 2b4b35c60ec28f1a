package io.messagerelay.consumer.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.contract.BodyReading;
import io.messagerelay.contract.BodyReading.Batch;
import io.messagerelay.contract.EventJson;
import io.messagerelay.contract.EventLimits;
import io.messagerelay.contract.Reading;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NdjsonLinesTest {
  private static final String EVENT =
      "{\"event_type\":\"t\",\"event_payload\":\"ä€\",\"event_id\":\"e\"}";

  private static BodyReading read(String text, Random cuts) {
    var lines = new NdjsonLines(new EventJson(() -> "made"));
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int at = 0;
    while (at < bytes.length) {
      int end = Math.min(bytes.length, at + 1 + cuts.nextInt(1 + bytes.length / 3));
      lines.take(Buffer.buffer().appendBytes(bytes, at, end - at));
      at = end;
    }
    return lines.finish();
  }

  @Test
  void reads_the_same_however_the_body_is_cut() {
    String body = EVENT + "\n\n{]\r\n  \n" + EVENT;
    BodyReading whole = read(body, new Random(0));
    assertThat(((Batch) whole).readings()).hasSize(3);
    for (int seed = 1; seed <= 200; seed++) {
      assertThat(read(body, new Random(seed))).as("seed " + seed).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, Valid", "1, TooLarge"})
  void a_line_may_be_as_long_as_an_event(int beyond, String expected) {
    String padding =
        " "
            .repeat(
                EventLimits.EVENT_BYTES - EVENT.getBytes(StandardCharsets.UTF_8).length + beyond);
    Batch batch = (Batch) read(padding + EVENT + "\n" + EVENT, new Random(1));

    assertThat(batch.readings().getFirst().getClass().getSimpleName()).isEqualTo(expected);
    assertThat(batch.readings().getLast()).isInstanceOf(Reading.Valid.class);
  }

  @ParameterizedTest
  @CsvSource({"1000, Batch", "1001, TooMany", "5000, TooMany"})
  void there_are_as_many_lines_as_a_batch_has_items(int lines, String expected) {
    String body = IntStream.range(0, lines).mapToObj(_ -> "{}").collect(Collectors.joining("\n"));

    assertThat(read(body, new Random(2)).getClass().getSimpleName()).isEqualTo(expected);
  }
}
