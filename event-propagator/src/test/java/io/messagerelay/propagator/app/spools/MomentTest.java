package io.messagerelay.propagator.app.spools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class MomentTest {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private final Moment.Converter converter = new Moment.Converter();

  private Instant read(String text) {
    return converter.convert(text).from(NOW);
  }

  @Test
  void a_moment_is_a_date_with_its_offset_or_so_long_ago() {
    assertThat(read("2026-02-28T10:00:00+01:00")).isEqualTo("2026-02-28T09:00:00Z");
    assertThat(read("2026-02-28T10:00:00.5Z")).isEqualTo("2026-02-28T10:00:00.5Z");
    assertThat(read("30s")).isEqualTo(NOW.minusSeconds(30));
    assertThat(read("10m")).isEqualTo(NOW.minus(Duration.ofMinutes(10)));
    assertThat(read("2h")).isEqualTo(NOW.minus(Duration.ofHours(2)));
    assertThat(read("7d")).isEqualTo(NOW.minus(Duration.ofDays(7)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "yesterday", "2026-02-28", "2026-02-28T10:00:00", "2w", "-1h", "1.5h"})
  void anything_else_is_refused_with_what_is_expected(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("expected one like 2026-03-01T08:00:00Z");
  }
}
