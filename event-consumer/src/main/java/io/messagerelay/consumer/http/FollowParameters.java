package io.messagerelay.consumer.http;

import io.messagerelay.consumer.query.Cursor;
import io.messagerelay.consumer.query.EventList;
import io.messagerelay.consumer.query.EventQuery;
import io.messagerelay.consumer.query.ParameterFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a reader wants to follow: the list's filters, and where it begins. {@code
 * Last-Event-ID} goes before all else, because a client that comes back sends it with the address
 * it began with; then {@code cursor}, {@code from} and {@code since}; without any of them, now.
 * Used by one thread, once.
 */
final class FollowParameters {
  static final String LAST_EVENT_ID = "Last-Event-ID";

  private static final String FROM = "from";
  private static final String CURSOR = "cursor";
  private static final List<String> FOR_AN_END = List.of("limit", "until");

  private final Map<String, List<String>> parameters;
  private final @Nullable String lastEventId;
  private final List<ParameterFault> faults = new ArrayList<>();

  /**
   * @param lastEventId that header; {@code null} or empty where there is none
   */
  FollowParameters(Map<String, List<String>> parameters, @Nullable String lastEventId) {
    this.parameters = new LinkedHashMap<>(parameters);
    this.lastEventId = lastEventId == null || lastEventId.isEmpty() ? null : lastEventId;
  }

  /** The query has a cursor, unless it begins now. */
  Checked<EventQuery> read(EventList list) {
    refuseEnds();
    boolean fromStart = fromStart();
    if (lastEventId != null) {
      parameters.put(CURSOR, List.of(lastEventId));
    }
    return switch (list.query(parameters)) {
      case EventQuery.Reading.Valid valid when faults.isEmpty() ->
          new Checked.Good<>(begun(valid.query(), fromStart, list.storeId()));
      case EventQuery.Reading.Valid _ -> refused();
      case EventQuery.Reading.Faulty(var others) -> {
        others.forEach(fault -> faults.add(named(fault)));
        yield refused();
      }
    };
  }

  private Checked<EventQuery> refused() {
    return new Checked.Bad<>(ListParameters.invalid(faults));
  }

  private void refuseEnds() {
    for (String name : FOR_AN_END) {
      if (parameters.remove(name) != null) {
        faults.add(new ParameterFault(name, "is for lists; who follows ends when they like"));
      }
    }
    if (parameters.getOrDefault("order", List.of()).contains("desc")) {
      parameters.remove("order");
      faults.add(new ParameterFault("order", "must be asc: what is new comes last"));
    }
  }

  private boolean fromStart() {
    List<String> from = parameters.getOrDefault(FROM, List.of());
    parameters.remove(FROM);
    if (from.size() > 1) {
      faults.add(new ParameterFault(FROM, "may be given once"));
    } else if (!from.isEmpty() && !List.of("start", "now").contains(from.getFirst())) {
      faults.add(new ParameterFault(FROM, "must be start or now"));
    } else if (!from.isEmpty() && parameters.containsKey(CURSOR)) {
      faults.add(new ParameterFault(FROM, "goes without cursor"));
    }
    return from.isEmpty() ? parameters.containsKey("since") : from.getFirst().equals("start");
  }

  private static EventQuery begun(EventQuery query, boolean fromStart, String storeId) {
    return fromStart && query.cursor() == null ? query.behind(new Cursor(storeId, 0, true)) : query;
  }

  /** A fault of the header is not told as one of a parameter that nobody gave. */
  private ParameterFault named(ParameterFault fault) {
    boolean ofHeader = lastEventId != null && fault.parameter().equals(CURSOR);
    return ofHeader ? new ParameterFault(LAST_EVENT_ID, fault.detail()) : fault;
  }
}
