package io.messagerelay.propagator.app.spools;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A moment as a person names it: {@code 2026-03-01T08:00:00Z}, or {@code 2h} for two hours ago. */
sealed interface Moment {
  Instant from(Instant now);

  record At(Instant instant) implements Moment {
    @Override
    public Instant from(Instant now) {
      return instant;
    }
  }

  record Ago(Duration span) implements Moment {
    @Override
    public Instant from(Instant now) {
      return now.minus(span);
    }
  }

  /** Reads either form. */
  final class Converter implements ITypeConverter<Moment> {
    private static final Pattern AGO = Pattern.compile("(\\d{1,9})([smhd])");
    private static final Map<String, Duration> UNITS =
        Map.of(
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    @Override
    public Moment convert(String text) {
      Matcher ago = AGO.matcher(text);
      if (ago.matches()) {
        Duration unit = UNITS.getOrDefault(ago.group(2), Duration.ZERO);
        return new Ago(unit.multipliedBy(Long.parseLong(ago.group(1))));
      }
      try {
        return new At(OffsetDateTime.parse(text).toInstant());
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "'%s' is no moment; expected one like 2026-03-01T08:00:00Z, or 30s, 10m, 2h or 7d for so long ago"
                .formatted(text));
      }
    }
  }
}
