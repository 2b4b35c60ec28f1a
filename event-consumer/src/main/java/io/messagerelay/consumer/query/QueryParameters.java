package io.messagerelay.consumer.query;

import io.messagerelay.consumer.query.EventQuery.Reading;
import io.messagerelay.contract.EventLimits;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of {@code GET /event}. Used by one thread, once. */
final class QueryParameters {
  private static final List<String> KNOWN =
      List.of("limit", "order", "type", "since", "until", "key", "q", "payload", "cursor");

  /** At the end of a type it stands for whatever follows. */
  private static final String WILDCARD = "*";

  private final Parameters parameters;
  private final Instant now;

  /** The parameters with times in place of spans. */
  private final Map<String, List<String>> fixed;

  QueryParameters(Map<String, List<String>> given, Instant now) {
    this.parameters = new Parameters(given);
    this.now = now;
    this.fixed = new LinkedHashMap<>(given);
  }

  Reading read(String storeId) {
    parameters.refuseOthersThan(KNOWN);
    int limit = parameters.limit(EventQuery.MOST, EventQuery.BY_DEFAULT);
    boolean ascending = ascending();
    List<String> types = parameters.types(EventQuery.MOST_TYPES);
    Instant since = time("since");
    Instant until = time("until");
    EventFilter filter =
        new EventFilter(exact(types), prefixes(types), name("key"), name("q"), payload());
    EventQuery query =
        new EventQuery(limit, ascending, filter, since, until, cursor(storeId, ascending));
    List<ParameterFault> faults = parameters.faults();
    return faults.isEmpty() ? new Reading.Valid(query, fixed) : new Reading.Faulty(faults);
  }

  private boolean ascending() {
    String order = parameters.only("order").orElse("asc");
    if (!order.equals("asc") && !order.equals("desc")) {
      parameters.fault("order", "must be asc or desc");
    }
    return order.equals("asc");
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

  private @Nullable String name(String parameter) {
    return parameters.name(parameter).orElse(null);
  }

  private @Nullable PayloadPattern payload() {
    Optional<String> json = parameters.only("payload");
    Optional<PayloadPattern> pattern = json.flatMap(PayloadPattern::of);
    if (json.isPresent() && pattern.isEmpty()) {
      parameters.fault(
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
    Optional<String> text = parameters.only(name);
    Optional<Instant> back = text.flatMap(Span::of).map(now::minus);
    back.ifPresent(then -> fixed.put(name, List.of(then.toString())));
    Optional<Instant> time = back.or(() -> text.flatMap(Rfc3339::roundedUp));
    if (text.isPresent() && time.isEmpty()) {
      parameters.fault(
          name,
          "must be a time of RFC 3339, such as 2026-01-31T12:00:00Z or 2026-01-31T13:00:00.5+01:00"
              + " (in a URL the + is written %2B), or a span back from now, such as 30s, 10m, 2h or"
              + " 7d, of at most 36525d");
    }
    return time.orElse(null);
  }

  private @Nullable Cursor cursor(String storeId, boolean ascending) {
    Optional<Cursor> cursor = parameters.cursor(storeId);
    if (cursor.isPresent() && cursor.get().ascending() != ascending) {
      parameters.fault("cursor", "goes with order=" + (ascending ? "desc" : "asc"));
    }
    return cursor.orElse(null);
  }
}
