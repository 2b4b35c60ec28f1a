package io.messagerelay.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class TimeOrderedIdsTest {
  private static final long NOW = 1_764_050_000_123L;

  private final TimeOrderedIds ids = new TimeOrderedIds(() -> NOW, new Random(7));

  @Test
  void writes_a_version_7_uuid_of_the_time() {
    UUID id = UUID.fromString(next());

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW);
  }

  @Test
  void writes_each_after_the_one_before_when_the_time_stands_still() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      all.add(next());
    }

    assertThat(all).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void leaves_what_stands_around_it() {
    var bytes = ByteBuffer.wrap("<".concat("?".repeat(36)).concat(">").getBytes(US_ASCII));

    ids.writeTo(bytes, 1);

    assertThat(bytes.position()).isZero();
    assertThat(bytes.get(0)).isEqualTo((byte) '<');
    assertThat(bytes.get(37)).isEqualTo((byte) '>');
  }

  private String next() {
    var bytes = ByteBuffer.allocate(TimeOrderedIds.LENGTH);
    ids.writeTo(bytes, 0);
    return new String(bytes.array(), US_ASCII);
  }
}
