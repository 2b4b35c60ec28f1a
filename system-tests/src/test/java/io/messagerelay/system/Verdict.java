package io.messagerelay.system;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Whether everything that was taken is stored once.
 *
 * @param lost how many of the taken are not stored
 * @param doubled how many are stored beyond what was taken
 * @param differences what is wrong, a line each; empty when all is well
 */
record Verdict(long taken, long stored, long lost, long doubled, List<String> differences) {
  private static final int EXAMPLES = 3;

  /**
   * What was found when a run had ended.
   *
   * @param events how many had to be taken
   * @param books the spool's
   * @param logged what the propagator said it had taken
   * @param rows the store's file
   * @param listed the list that the consumer gave
   * @param samples what the data file held
   */
  record Evidence(
      long events,
      BooksLine books,
      List<Taken> logged,
      List<StoredEvent> rows,
      List<StoredEvent> listed,
      Set<SampleData.Sample> samples) {}

  static Verdict on(Evidence found) {
    Set<String> ids = found.rows().stream().map(StoredEvent::eventId).collect(Collectors.toSet());
    long taken = found.books().taken();
    long rows = found.rows().size();
    return new Verdict(
        taken,
        rows,
        Math.max(0, taken - ids.size()),
        rows - ids.size() + Math.max(0, ids.size() - taken),
        differences(found));
  }

  boolean green() {
    return differences.isEmpty();
  }

  /** The last line of a proof. */
  String line() {
    return "taken %,d %s stored %,d; lost %,d; doubled %,d"
        .formatted(taken, taken == stored ? "=" : "≠", stored, lost, doubled);
  }

  private static List<String> differences(Evidence found) {
    var differences = new ArrayList<String>();
    BooksLine books = found.books();
    if (!books.balanced() || books.taken() != found.events()) {
      differences.add(
          "the books do not say that %,d were taken: %s".formatted(found.events(), books));
    }
    if (books.delivered() + books.duplicate() != books.taken()) {
      differences.add("not everything was delivered: " + books);
    }
    addIfAny(differences, "rows with an id that was there before", repeated(found.rows()));
    addIfAny(differences, "positions that are missing", gaps(found.rows()));
    addIfAny(differences, "taken events that are not stored", missing(found));
    addIfAny(differences, "rows that the data file does not know", strangers(found));
    addIfAny(differences, "rows that the list gives otherwise", otherwise(found));
    if (found.rows().size() != found.events()) {
      differences.add("the store has %,d rows".formatted(found.rows().size()));
    }
    return differences;
  }

  private static void addIfAny(List<String> differences, String what, List<String> which) {
    if (!which.isEmpty()) {
      String examples = which.stream().limit(EXAMPLES).collect(Collectors.joining(", "));
      differences.add("%,d %s, such as %s".formatted(which.size(), what, examples));
    }
  }

  private static List<String> repeated(List<StoredEvent> rows) {
    Set<String> seen = new HashSet<>();
    return rows.stream().map(StoredEvent::eventId).filter(id -> !seen.add(id)).toList();
  }

  private static List<String> gaps(List<StoredEvent> rows) {
    Set<Long> there = rows.stream().map(StoredEvent::id).collect(Collectors.toSet());
    return LongStream.rangeClosed(1, rows.isEmpty() ? 0 : rows.getLast().id())
        .filter(position -> !there.contains(position))
        .mapToObj(Long::toString)
        .toList();
  }

  /** The log's short ids may meet; then both must be stored. */
  private static List<String> missing(Evidence found) {
    Map<Taken, Long> stored =
        found.rows().stream().collect(Collectors.groupingBy(Taken::of, Collectors.counting()));
    Map<Taken, Long> logged =
        found.logged().stream()
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    return logged.entrySet().stream()
        .filter(taken -> taken.getValue() > stored.getOrDefault(taken.getKey(), 0L))
        .map(taken -> taken.getKey().shortId())
        .toList();
  }

  private static List<String> strangers(Evidence found) {
    return found.rows().stream()
        .filter(row -> !found.samples().contains(row.content()))
        .map(StoredEvent::eventId)
        .toList();
  }

  private static List<String> otherwise(Evidence found) {
    var unlisted = new HashSet<>(found.rows());
    found.listed().forEach(unlisted::remove);
    if (unlisted.isEmpty() && !found.listed().equals(found.rows())) {
      return List.of("the order, or one that is given twice");
    }
    return unlisted.stream().map(StoredEvent::eventId).toList();
  }
}
