package io.messagerelay.propagator.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @ParameterizedTest
  @CsvSource({"0,0", "7,7", "' 120 ',120", "86400,86400"})
  void seconds_are_read(String value, long seconds) {
    assertThat(RetryAfter.read(value, NOW)).contains(Duration.ofSeconds(seconds));
  }

  @Test
  void date_is_read_as_the_time_until_then() {
    assertThat(RetryAfter.read("Fri, 02 Jan 2026 03:05:00 GMT", NOW))
        .contains(Duration.ofSeconds(55));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "soon",
        "-1",
        "+1",
        "1.5",
        "1e3",
        "١",
        "86401",
        "999999999999999999",
        "99999999999999999999999",
        "Thu, 01 Jan 2026 03:05:00 GMT",
        "Sat, 03 Jan 2026 03:04:06 GMT",
        "Fri, 99 Jan 2026 03:05:00 GMT",
        "2026-01-02T03:05:00Z"
      })
  void nonsense_is_ignored(String value) {
    assertThat(RetryAfter.read(value, NOW)).isEmpty();
  }
}
