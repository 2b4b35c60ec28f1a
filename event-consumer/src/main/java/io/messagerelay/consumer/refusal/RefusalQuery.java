package io.messagerelay.consumer.refusal;

import io.messagerelay.consumer.query.Cursor;
import io.messagerelay.consumer.query.ParameterFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which refusals a reader wants.
 *
 * @param limit 1 to {@value #MOST}
 * @param before the number of the one that was read last
 */
public record RefusalQuery(int limit, long before) {
  public static final int MOST = 1_000;
  private static final String BY_DEFAULT = "100";
  private static final List<String> KNOWN = List.of("limit", "cursor");
  private static final Pattern UP_TO_FOUR_DIGITS = Pattern.compile("[0-9]{1,4}");

  /** What became of reading a query's parameters. */
  public sealed interface Reading {
    record Valid(RefusalQuery query) implements Reading {}

    /** All that is wrong; never empty. */
    record Faulty(List<ParameterFault> faults) implements Reading {
      public Faulty {
        faults = List.copyOf(faults);
      }
    }
  }

  /**
   * @param parameters decoded, each with all of its values
   * @param storeId the store that a cursor must be of
   */
  public static Reading read(Map<String, List<String>> parameters, String storeId) {
    List<ParameterFault> faults = new ArrayList<>();
    for (String name : new TreeSet<>(parameters.keySet())) {
      if (!KNOWN.contains(name)) {
        faults.add(
            new ParameterFault(name, "is not a parameter of this list; limit and cursor are"));
      } else if (parameters.getOrDefault(name, List.of()).size() > 1) {
        faults.add(new ParameterFault(name, "may be given once"));
      }
    }
    int limit = limit(first(parameters, "limit").orElse(BY_DEFAULT));
    if (limit < 1 || limit > MOST) {
      faults.add(new ParameterFault("limit", "must be a whole number from 1 to " + MOST));
    }
    Optional<String> cursor = first(parameters, "cursor");
    Optional<Cursor> read =
        cursor
            .flatMap(Cursor::of)
            .filter(at -> at.storeId().equals(storeId))
            .filter(at -> !at.ascending());
    if (cursor.isPresent() && read.isEmpty()) {
      faults.add(new ParameterFault("cursor", "must be one that this list gave, unchanged"));
    }
    return faults.isEmpty()
        ? new Reading.Valid(
            new RefusalQuery(limit, read.map(Cursor::position).orElse(Long.MAX_VALUE)))
        : new Reading.Faulty(faults);
  }

  private static Optional<String> first(Map<String, List<String>> parameters, String name) {
    return parameters.getOrDefault(name, List.of()).stream().findFirst();
  }

  private static int limit(String text) {
    return UP_TO_FOUR_DIGITS.matcher(text).matches() ? Integer.parseInt(text) : 0;
  }
}
