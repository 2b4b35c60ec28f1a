package io.messagerelay.propagator.app.spools;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A span of time as a person writes it: {@code 30s}, {@code 10m}, {@code 2h}, {@code 7d}. */
public final class Span {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})([smhd])");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private Span() {}

  /** Empty for what is none. */
  public static Optional<Duration> read(String text) {
    Matcher span = FORM.matcher(text);
    if (!span.matches()) {
      return Optional.empty();
    }
    Duration unit = UNITS.getOrDefault(span.group(2), Duration.ZERO);
    return Optional.of(unit.multipliedBy(Long.parseLong(span.group(1))));
  }
}
