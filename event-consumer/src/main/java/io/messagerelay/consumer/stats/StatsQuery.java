package io.messagerelay.consumer.stats;

import io.messagerelay.consumer.query.ParameterFault;
import io.messagerelay.consumer.query.Rfc3339;
import io.messagerelay.contract.EventLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

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
    List<ParameterFault> faults = new ArrayList<>();
    for (String name : new TreeSet<>(parameters.keySet())) {
      if (!KNOWN.contains(name)) {
        faults.add(
            new ParameterFault(
                name, "is not a parameter of these counts; there are " + String.join(", ", KNOWN)));
      }
    }
    Instant until = roundedUp(time("until", parameters, faults).orElse(now));
    Instant since =
        time("since", parameters, faults)
            .map(time -> time.truncatedTo(ChronoUnit.HOURS))
            .orElse(until.minus(BY_DEFAULT));
    StatsQuery query = new StatsQuery(since, until, types(parameters, faults));
    return faults.isEmpty() ? new Reading.Valid(query) : new Reading.Faulty(faults);
  }

  private static Instant roundedUp(Instant time) {
    Instant hour = time.truncatedTo(ChronoUnit.HOURS);
    return hour.equals(time) ? hour : hour.plus(1, ChronoUnit.HOURS);
  }

  private static Optional<Instant> time(
      String name, Map<String, List<String>> parameters, List<ParameterFault> faults) {
    List<String> values = parameters.getOrDefault(name, List.of());
    if (values.size() > 1) {
      faults.add(new ParameterFault(name, "may be given once"));
    }
    Optional<String> text = values.stream().findFirst();
    Optional<Instant> time = text.flatMap(Rfc3339::roundedUp);
    if (text.isPresent() && time.isEmpty()) {
      faults.add(
          new ParameterFault(name, "must be a time of RFC 3339, such as 2026-01-31T12:00:00Z"));
    }
    return time;
  }

  private static List<String> types(
      Map<String, List<String>> parameters, List<ParameterFault> faults) {
    List<String> types = parameters.getOrDefault("type", List.of());
    if (types.size() > MOST_TYPES) {
      faults.add(new ParameterFault("type", "may be given at most " + MOST_TYPES + " times"));
    }
    if (types.stream().anyMatch(StatsQuery::isNoType)) {
      faults.add(
          new ParameterFault("type", "must have 1 to " + EventLimits.NAME_LENGTH + " characters"));
    }
    return types;
  }

  private static boolean isNoType(String type) {
    return type.isEmpty() || type.codePointCount(0, type.length()) > EventLimits.NAME_LENGTH;
  }
}
