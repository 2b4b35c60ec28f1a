package io.messagerelay.consumer.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeBodyTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16_383, 16_384, 16_385, 300_000})
  void gives_what_came_however_it_is_cut(int length) {
    byte[] body = new byte[length];
    new Random(length).nextBytes(body);
    for (int seed = 1; seed <= 20; seed++) {
      assertThat(gathered(body, new Random(seed))).as("cuts of seed %d", seed).isEqualTo(body);
    }
  }

  @Test
  void keeps_nothing_that_was_read() {
    var sink = new WholeBody<>(Function.identity());
    sink.take(Buffer.buffer(new byte[20_000]));
    sink.finish();
    assertThat(sink.finish()).isEmpty();
  }

  private static byte[] gathered(byte[] body, Random cuts) {
    var sink = new WholeBody<>(Function.identity());
    int at = 0;
    while (at < body.length) {
      int end = Math.min(body.length, at + 1 + cuts.nextInt(8192));
      sink.take(Buffer.buffer().appendBytes(body, at, end - at));
      at = end;
    }
    return sink.finish();
  }
}
