package io.messagerelay.consumer.query;

import io.messagerelay.consumer.query.EventQuery.Reading;
import io.messagerelay.contract.EventLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one query's parameters and notes every fault. Used by one thread, once. */
final class QueryParameters {
  private static final List<String> KNOWN =
      List.of("limit", "order", "type", "since", "until", "key", "q", "payload", "cursor");
  private static final Pattern UP_TO_FOUR_DIGITS = Pattern.compile("[0-9]{1,4}");

  /** At the end of a type it stands for whatever follows. */
  private static final String WILDCARD = "*";

  private final Map<String, List<String>> parameters;
  private final Instant now;

  /** The parameters with times in place of spans. */
  private final Map<String, List<String>> fixed;

  private final List<ParameterFault> faults = new ArrayList<>();

  QueryParameters(Map<String, List<String>> parameters, Instant now) {
    this.parameters = parameters;
    this.now = now;
    this.fixed = new LinkedHashMap<>(parameters);
  }

  Reading read(String storeId) {
    for (String name : new TreeSet<>(parameters.keySet())) {
      if (!KNOWN.contains(name)) {
        fault(name, "is not a parameter of this list; there are " + String.join(", ", KNOWN));
      }
    }
    int limit = limit();
    boolean ascending = ascending();
    List<String> types = types();
    Instant since = time("since");
    Instant until = time("until");
    EventFilter filter =
        new EventFilter(exact(types), prefixes(types), text("key"), text("q"), payload());
    EventQuery query =
        new EventQuery(limit, ascending, filter, since, until, cursor(storeId, ascending));
    return faults.isEmpty() ? new Reading.Valid(query, fixed) : new Reading.Faulty(faults);
  }

  private int limit() {
    String text = only("limit").orElse(String.valueOf(EventQuery.BY_DEFAULT));
    int limit = UP_TO_FOUR_DIGITS.matcher(text).matches() ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > EventQuery.MOST) {
      fault("limit", "must be a whole number from 1 to " + EventQuery.MOST);
    }
    return limit;
  }

  private boolean ascending() {
    String order = only("order").orElse("asc");
    if (!order.equals("asc") && !order.equals("desc")) {
      fault("order", "must be asc or desc");
    }
    return order.equals("asc");
  }

  private List<String> types() {
    List<String> types = parameters.getOrDefault("type", List.of());
    if (types.size() > EventQuery.MOST_TYPES) {
      fault("type", "may be given at most " + EventQuery.MOST_TYPES + " times");
    }
    if (types.stream().anyMatch(QueryParameters::isNoText)) {
      fault("type", "must have 1 to " + EventLimits.NAME_LENGTH + " characters");
    }
    return types;
  }

  private static List<String> exact(List<String> types) {
    return types.stream().filter(type -> !type.endsWith(WILDCARD)).toList();
  }

  private static List<String> prefixes(List<String> types) {
    return types.stream()
        .filter(type -> type.endsWith(WILDCARD))
        .map(type -> type.substring(0, type.length() - WILDCARD.length()))
        .toList();
  }

  /** What occurs in an event and is as long as a name may be. */
  private @Nullable String text(String name) {
    Optional<String> text = only(name);
    if (text.isPresent() && isNoText(text.get())) {
      fault(name, "must have 1 to " + EventLimits.NAME_LENGTH + " characters");
    }
    return text.orElse(null);
  }

  private static boolean isNoText(String text) {
    return text.isEmpty() || text.codePointCount(0, text.length()) > EventLimits.NAME_LENGTH;
  }

  private @Nullable PayloadPattern payload() {
    Optional<String> json = only("payload");
    Optional<PayloadPattern> pattern = json.flatMap(PayloadPattern::of);
    if (json.isPresent() && pattern.isEmpty()) {
      fault(
          "payload",
          "must be a JSON object, such as {\"order\":17}, of at most "
              + PayloadPattern.LONGEST
              + " characters and "
              + PayloadPattern.MOST_VALUES
              + " values, nested at most "
              + EventLimits.JSON_DEPTH
              + " deep, without a member that comes twice");
    }
    return pattern.orElse(null);
  }

  private @Nullable Instant time(String name) {
    Optional<String> text = only(name);
    Optional<Instant> back = text.flatMap(Span::of).map(now::minus);
    back.ifPresent(then -> fixed.put(name, List.of(then.toString())));
    Optional<Instant> time = back.or(() -> text.flatMap(Rfc3339::roundedUp));
    if (text.isPresent() && time.isEmpty()) {
      fault(
          name,
          "must be a time of RFC 3339, such as 2026-01-31T12:00:00Z or 2026-01-31T13:00:00.5+01:00"
              + " (in a URL the + is written %2B), or a span back from now, such as 30s, 10m, 2h or"
              + " 7d, of at most 36525d");
    }
    return time.orElse(null);
  }

  private @Nullable Cursor cursor(String storeId, boolean ascending) {
    Optional<String> text = only("cursor");
    if (text.isEmpty()) {
      return null;
    }
    Optional<Cursor> cursor = Cursor.of(text.get());
    if (cursor.isEmpty()) {
      fault("cursor", "must be one that this list gave, unchanged");
    } else if (!cursor.get().storeId().equals(storeId)) {
      fault("cursor", "is one of another store");
    } else if (cursor.get().ascending() != ascending) {
      fault("cursor", "goes with order=" + (ascending ? "desc" : "asc"));
    }
    return cursor.orElse(null);
  }

  /** The value of a parameter that may be given once. */
  private Optional<String> only(String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    if (values.size() > 1) {
      fault(name, "may be given once");
    }
    return values.stream().findFirst();
  }

  private void fault(String parameter, String detail) {
    faults.add(new ParameterFault(parameter, detail));
  }
}
