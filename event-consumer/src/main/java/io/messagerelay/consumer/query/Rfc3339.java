package io.messagerelay.consumer.query;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times as RFC 3339 §5.6 writes them; read with any number of digits behind the second. */
public final class Rfc3339 {
  private static final Pattern TIME =
      Pattern.compile(
          "([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}:[0-9]{2}:)([0-9]{2})(?:\\.([0-9]{1,30}))?(Z|[+-][0-9]{2}:[0-9]{2})");

  /** In UTC, always with six digits behind the point. */
  private static final DateTimeFormatter TEXT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private Rfc3339() {}

  /** In UTC, to the microsecond. */
  public static String text(Instant time) {
    return TEXT.format(time);
  }

  /**
   * The time, or the nanosecond after it when it lies between two: as a bound of times in whole
   * microseconds that means the same.
   */
  public static Optional<Instant> roundedUp(String text) {
    Matcher parts = TIME.matcher(text.toUpperCase(Locale.ROOT));
    if (!parts.matches()) {
      return Optional.empty();
    }
    // A leap second is the first of the next minute.
    boolean leap = parts.group(3).equals("60");
    String second = leap ? "59" : parts.group(3);
    try {
      return Optional.of(
          LocalDateTime.parse(parts.group(1) + "T" + parts.group(2) + second)
              .plusSeconds(leap ? 1 : 0)
              .plusNanos(nanosRoundedUp(parts.group(4)))
              .toInstant(ZoneOffset.of(parts.group(5))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static long nanosRoundedUp(@Nullable String fraction) {
    String digits = fraction == null ? "" : fraction;
    String nanos = (digits + "0".repeat(9)).substring(0, 9);
    String rest = digits.substring(Math.min(9, digits.length()));
    boolean between = rest.chars().anyMatch(digit -> digit != '0');
    return Long.parseLong(nanos) + (between ? 1 : 0);
  }
}
