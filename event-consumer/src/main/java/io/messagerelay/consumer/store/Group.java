package io.messagerelay.consumer.store;

import static java.util.Objects.requireNonNull;

import io.messagerelay.consumer.store.EventStore.Appended;
import io.messagerelay.consumer.store.EventTable.Place;
import io.messagerelay.consumer.store.EventTable.Row;
import io.messagerelay.contract.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The events of one append.
 *
 * @param all as they came
 * @param rows each id once, the first of its events
 */
record Group(List<Row> all, List<Row> rows) {
  static Group of(List<Event> events) {
    List<Row> all = new ArrayList<>(events.size());
    Map<String, Row> first = new LinkedHashMap<>();
    for (Event event : events) {
      Row row = new Row(event, event.contentDigest());
      all.add(row);
      first.putIfAbsent(event.id(), row);
    }
    return new Group(all, List.copyOf(first.values()));
  }

  List<Row> rowsOutside(Map<String, Place> places) {
    return rows.stream().filter(row -> !places.containsKey(row.event().id())).toList();
  }

  List<Appended> results(Map<String, Place> places) {
    Set<String> told = new HashSet<>();
    List<Appended> results = new ArrayList<>(all.size());
    for (Row row : all) {
      String id = row.event().id();
      results.add(result(row, requireNonNull(places.get(id)), told.add(id)));
    }
    return results;
  }

  private static Appended result(Row row, Place place, boolean first) {
    if (place.fresh() && first) {
      return new Appended.Stored(place.position());
    }
    return Arrays.equals(row.digest(), place.digest())
        ? new Appended.Duplicate(place.position())
        : new Appended.Conflict();
  }
}
