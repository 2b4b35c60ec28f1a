package io.messagerelay.consumer.query;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which events a reader wants, and from where on.
 *
 * @param limit 1 to {@value #MOST}
 * @param ascending oldest first
 * @param filter only events that pass it
 * @param since only events received at or after it; {@code null} for no bound
 * @param until only events received before it; {@code null} for no bound
 * @param cursor only what comes behind it in this order; {@code null} for the beginning
 */
public record EventQuery(
    int limit,
    boolean ascending,
    EventFilter filter,
    @Nullable Instant since,
    @Nullable Instant until,
    @Nullable Cursor cursor) {
  public static final int MOST = 1_000;
  public static final int BY_DEFAULT = 100;

  /** How often {@code type} may be given. */
  public static final int MOST_TYPES = 20;

  /** What became of reading a query's parameters. */
  public sealed interface Reading {
    /**
     * @param parameters those that were read, with times in place of spans: the same query at any
     *     later time, too
     */
    record Valid(EventQuery query, Map<String, List<String>> parameters) implements Reading {}

    /** All that is wrong; never empty. */
    record Faulty(List<ParameterFault> faults) implements Reading {
      public Faulty {
        faults = List.copyOf(faults);
      }
    }
  }

  /** The same query for what comes behind this. */
  public EventQuery behind(Cursor place) {
    return new EventQuery(limit, ascending, filter, since, until, place);
  }

  /**
   * Reads the parameters of {@code GET /event}: {@code limit}, {@code order}, {@code type}
   * (repeatable), {@code since}, {@code until}, {@code key}, {@code q}, {@code payload}, {@code
   * cursor}. Any other is a fault: a filter with a slip in its name would give everything.
   *
   * @param parameters decoded, each with all of its values
   * @param storeId the store that a cursor must be of
   * @param now from where a span goes back
   */
  public static Reading read(Map<String, List<String>> parameters, String storeId, Instant now) {
    return new QueryParameters(parameters, now).read(storeId);
  }
}
