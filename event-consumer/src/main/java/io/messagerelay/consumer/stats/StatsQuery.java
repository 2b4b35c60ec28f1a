package io.messagerelay.consumer.stats;

import io.messagerelay.consumer.query.ParameterFault;
import io.messagerelay.consumer.query.Parameters;
import io.messagerelay.consumer.query.Rfc3339;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which counts a reader wants.
 *
 * @param since the beginning of an hour, inclusive
 * @param until the beginning of an hour, exclusive
 * @param types only these, each once, at most {@value #MOST_TYPES}; empty for all
 */
public record StatsQuery(Instant since, Instant until, List<String> types) {
  public static final int MOST_TYPES = 20;
  private static final Duration BY_DEFAULT = Duration.ofHours(24);

  /** Beyond it a year would have more than four digits. */
  private static final Instant LAST = Instant.parse("9999-12-31T23:00:00Z");

  private static final List<String> KNOWN = List.of("since", "until", "type");

  /** What became of reading a query's parameters. */
  public sealed interface Reading {
    record Valid(StatsQuery query) implements Reading {}

    /** All that is wrong; never empty. */
    record Faulty(List<ParameterFault> faults) implements Reading {
      public Faulty {
        faults = List.copyOf(faults);
      }
    }
  }

  public StatsQuery {
    since = withinYears(since);
    until = withinYears(until);
    types = types.stream().distinct().toList();
  }

  /**
   * Reads the parameters of {@code GET /stats}: {@code since}, {@code until}, {@code type}
   * (repeatable). Bounds are moved outwards to whole hours. Without {@code until} it is up to now,
   * without {@code since} the 24 hours before.
   *
   * @param parameters decoded, each with all of its values
   */
  public static Reading read(Map<String, List<String>> parameters, Instant now) {
    var given = new Parameters(parameters);
    given.refuseOthersThan(KNOWN);
    Instant until = roundedUp(time(given, "until").orElse(now));
    Instant since =
        time(given, "since")
            .map(time -> time.truncatedTo(ChronoUnit.HOURS))
            .orElse(until.minus(BY_DEFAULT));
    StatsQuery query = new StatsQuery(since, until, given.types(MOST_TYPES));
    List<ParameterFault> faults = given.faults();
    return faults.isEmpty() ? new Reading.Valid(query) : new Reading.Faulty(faults);
  }

  /** Outside nothing was ever received. */
  private static Instant withinYears(Instant time) {
    return time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time.isAfter(LAST) ? LAST : time;
  }

  private static Instant roundedUp(Instant time) {
    Instant hour = time.truncatedTo(ChronoUnit.HOURS);
    return hour.equals(time) ? hour : hour.plus(1, ChronoUnit.HOURS);
  }

  private static Optional<Instant> time(Parameters given, String name) {
    Optional<String> text = given.only(name);
    Optional<Instant> time = text.flatMap(Rfc3339::roundedUp);
    if (text.isPresent() && time.isEmpty()) {
      given.fault(name, "must be a time of RFC 3339, such as 2026-01-31T12:00:00Z");
    }
    return time;
  }
}
