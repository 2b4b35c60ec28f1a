package io.messagerelay.consumer.query;

import io.messagerelay.contract.EventLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads one query's parameters and notes every fault. Used by one thread, once. */
public final class Parameters {
  private static final Pattern UP_TO_FOUR_DIGITS = Pattern.compile("[0-9]{1,4}");

  private final Map<String, List<String>> given;
  private final List<ParameterFault> faults = new ArrayList<>();

  /**
   * @param given decoded, each with all of its values
   */
  public Parameters(Map<String, List<String>> given) {
    this.given = given;
  }

  /** A parameter with a slip in its name would otherwise give everything. */
  public void refuseOthersThan(List<String> known) {
    for (String name : new TreeSet<>(given.keySet())) {
      if (!known.contains(name)) {
        fault(name, "is not a parameter here; there are " + String.join(", ", known));
      }
    }
  }

  /** The value of a parameter that may be given once. */
  public Optional<String> only(String name) {
    List<String> values = all(name);
    if (values.size() > 1) {
      fault(name, "may be given once");
    }
    return values.stream().findFirst();
  }

  private List<String> all(String name) {
    return given.getOrDefault(name, List.of());
  }

  /**
   * The parameter {@code limit}.
   *
   * @param most at most 9,999
   */
  public int limit(int most, int byDefault) {
    String text = only("limit").orElse(String.valueOf(byDefault));
    int limit = UP_TO_FOUR_DIGITS.matcher(text).matches() ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > most) {
      fault("limit", "must be a whole number from 1 to " + most);
    }
    return limit;
  }

  /** The parameter {@code type}, which may be given several times. */
  public List<String> types(int most) {
    List<String> types = all("type");
    if (types.size() > most) {
      fault("type", "may be given at most " + most + " times");
    }
    types.stream().filter(type -> !isName(type)).findFirst().ifPresent(_ -> noName("type"));
    return types;
  }

  /** What occurs in an event and is as long as a name may be. */
  public Optional<String> name(String parameter) {
    Optional<String> text = only(parameter);
    text.filter(name -> !isName(name)).ifPresent(_ -> noName(parameter));
    return text;
  }

  private static boolean isName(String text) {
    return !text.isEmpty() && text.codePointCount(0, text.length()) <= EventLimits.NAME_LENGTH;
  }

  private void noName(String parameter) {
    fault(parameter, "must have 1 to " + EventLimits.NAME_LENGTH + " characters");
  }

  /** The parameter {@code cursor}, of this store; whoever asks knows which way it must go. */
  public Optional<Cursor> cursor(String storeId) {
    Optional<String> text = only("cursor");
    Optional<Cursor> cursor = text.flatMap(Cursor::of);
    if (text.isPresent() && cursor.isEmpty()) {
      fault("cursor", "must be one that this list gave, unchanged");
    } else if (cursor.isPresent() && !cursor.get().storeId().equals(storeId)) {
      fault("cursor", "is one of another store");
    }
    return cursor;
  }

  public void fault(String parameter, String detail) {
    faults.add(new ParameterFault(parameter, detail));
  }

  /** All that is wrong so far. */
  public List<ParameterFault> faults() {
    return List.copyOf(faults);
  }
}
