package io.messagerelay.consumer.query;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A span of time as a reader writes it: a whole number of seconds, minutes, hours or days. */
public final class Span {
  /**
   * A hundred years: what is longer means everything, and would leave the years that are written.
   */
  private static final Duration LONGEST = Duration.ofDays(36_525);

  private static final Pattern FORM = Pattern.compile("([0-9]{1,10})([smhd])");

  private Span() {}

  /** Empty for text that is no span, or a longer one. */
  public static Optional<Duration> of(String text) {
    Matcher parts = FORM.matcher(text);
    return parts.matches()
        ? Optional.of(unit(parts.group(2)).multipliedBy(Long.parseLong(parts.group(1))))
            .filter(span -> span.compareTo(LONGEST) <= 0)
        : Optional.empty();
  }

  private static Duration unit(String letter) {
    return switch (letter) {
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      default -> Duration.ofDays(1);
    };
  }
}
