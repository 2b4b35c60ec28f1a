package io.messagerelay.consumer.overview;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.greenbytes.http.sfv.IntegerItem;
import org.greenbytes.http.sfv.Item;
import org.greenbytes.http.sfv.NumberItem;
import org.greenbytes.http.sfv.Parameters;
import org.greenbytes.http.sfv.Parser;
import org.greenbytes.http.sfv.StringItem;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code Relay-Report}, a structured field (RFC 9651) of one Integer with parameters:
 * {@code 17;age=3.25;dead=2;name="host/main"}. Parameters that nobody knows are passed over, as the
 * RFC wants it; anything else that is not as it must be makes the whole of it worthless.
 */
public final class ReportField {
  /** Far more than a good one needs. */
  private static final int LONGEST = 1_000;

  private ReportField() {}

  /**
   * @param lines all that came under this name
   * @return empty for a field that is not there, or is no report
   */
  public static Optional<PropagatorReport> read(List<String> lines) {
    if (lines.size() != 1 || lines.getFirst().length() > LONGEST) {
      return Optional.empty();
    }
    try {
      return report(Parser.parseItem(lines.getFirst()));
    } catch (IllegalArgumentException notAsItMustBe) {
      return Optional.empty();
    }
  }

  private static Optional<PropagatorReport> report(Item<?> item) {
    Parameters said = item.getParams();
    Item<?> age = said.get("age");
    if (item instanceof IntegerItem pending
        && said.get("dead") instanceof IntegerItem dead
        && said.get("name") instanceof StringItem name
        && (age == null || age instanceof NumberItem<?>)) {
      return Optional.of(
          new PropagatorReport(
              name.get(), pending.getAsLong(), seconds((NumberItem<?>) age), dead.getAsLong()));
    }
    return Optional.empty();
  }

  /** A whole number means the same as a Decimal. */
  private static OptionalDouble seconds(@Nullable NumberItem<?> age) {
    return age == null
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) age.getAsLong() / age.getDivisor());
  }
}
