package io.messagerelay.consumer.query;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which events a reader wants.
 *
 * @param limit 1 to {@value #MOST}
 * @param ascending oldest first
 * @param types only these, each once, at most {@value #MOST_TYPES}; empty for all
 * @param since only events received at or after it; {@code null} for no bound
 * @param until only events received before it; {@code null} for no bound
 * @param cursor only what comes behind it in this order; {@code null} for the beginning
 */
public record EventQuery(
    int limit,
    boolean ascending,
    List<String> types,
    @Nullable Instant since,
    @Nullable Instant until,
    @Nullable Cursor cursor) {
  public static final int MOST = 1_000;
  public static final int BY_DEFAULT = 100;
  public static final int MOST_TYPES = 20;

  /** What became of reading a query's parameters. */
  public sealed interface Reading {
    record Valid(EventQuery query) implements Reading {}

    /** All that is wrong; never empty. */
    record Faulty(List<ParameterFault> faults) implements Reading {
      public Faulty {
        faults = List.copyOf(faults);
      }
    }
  }

  public EventQuery {
    types = types.stream().distinct().toList();
  }

  /**
   * Reads the parameters of {@code GET /event}: {@code limit}, {@code order}, {@code type}
   * (repeatable), {@code since}, {@code until}, {@code cursor}. Any other is a fault: a filter with
   * a slip in its name would give everything.
   *
   * @param parameters decoded, each with all of its values
   * @param storeId the store that a cursor must be of
   */
  public static Reading read(Map<String, List<String>> parameters, String storeId) {
    return new QueryParameters(parameters).read(storeId);
  }
}
