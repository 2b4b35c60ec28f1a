package io.messagerelay.propagator.app.spools;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
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
    @Override
    public Moment convert(String text) {
      Optional<Duration> ago = Span.read(text);
      if (ago.isPresent()) {
        return new Ago(ago.get());
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
