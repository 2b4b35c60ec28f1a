package io.messagerelay.consumer.refusal;

import io.messagerelay.consumer.query.Cursor;
import io.messagerelay.consumer.query.ParameterFault;
import io.messagerelay.consumer.query.Parameters;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which refusals a reader wants.
 *
 * @param limit 1 to {@value #MOST}
 * @param before the number of the one that was read last
 */
public record RefusalQuery(int limit, long before) {
  public static final int MOST = 1_000;
  private static final int BY_DEFAULT = 100;
  private static final List<String> KNOWN = List.of("limit", "cursor");

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
    var given = new Parameters(parameters);
    given.refuseOthersThan(KNOWN);
    int limit = given.limit(MOST, BY_DEFAULT);
    Optional<Cursor> cursor = given.cursor(storeId);
    if (cursor.isPresent() && cursor.get().ascending()) {
      given.fault("cursor", "is one of another list");
    }
    List<ParameterFault> faults = given.faults();
    return faults.isEmpty()
        ? new Reading.Valid(
            new RefusalQuery(limit, cursor.map(Cursor::position).orElse(Long.MAX_VALUE)))
        : new Reading.Faulty(faults);
  }
}
