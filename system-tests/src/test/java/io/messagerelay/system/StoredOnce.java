package io.messagerelay.system;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * Counts whether each of so many numbered items is stored once, with its content, at positions
 * without gaps, those of one key in their order, and whether the list gives the same. Takes a bit
 * an item, so that there may be millions. Used by one thread.
 */
final class StoredOnce {
  /** Of an item that has no key. */
  static final int NO_KEY = -1;

  private static final int EXAMPLES = 3;
  private static final String MISSING = "items that are not stored";

  private final int items;
  private final String idFormat;
  private final IntFunction<SampleData.Sample> content;
  private final IntUnaryOperator key;
  private final Map<Integer, Integer> lastOfKey = new HashMap<>();
  private final BitSet stored = new BitSet();
  private final Map<String, List<String>> wrong = new LinkedHashMap<>();
  private final Map<String, Long> counts = new LinkedHashMap<>();

  private long rows;
  private long repeated;
  private long listed;

  /**
   * @param items their number; the first is 1
   * @param idFormat makes an id of an item's number
   * @param content what must be stored of an item
   * @param key those of one are stored in the order of their numbers
   */
  StoredOnce(
      int items, String idFormat, IntFunction<SampleData.Sample> content, IntUnaryOperator key) {
    this.items = items;
    this.idFormat = idFormat;
    this.content = content;
    this.key = key;
  }

  /** The next row of the store, by position. */
  void row(StoredEvent row) {
    rows++;
    if (row.id() != rows) {
      note("rows whose position is not the next one", row.eventId());
    }
    int item = row.content().item();
    if (item < 1 || item > items || !row.content().equals(content.apply(item))) {
      note("rows that the source does not know", row.eventId());
    } else if (!row.eventId().equals(idFormat.formatted(item))) {
      note("rows under another id", row.eventId());
    } else if (stored.get(item)) {
      repeated++;
      note("items that are stored twice", row.eventId());
    } else if (isOvertaken(item)) {
      note("items that are stored behind a later one of their key", row.eventId());
    }
    stored.set(item);
  }

  private boolean isOvertaken(int item) {
    int its = key.applyAsInt(item);
    return its != NO_KEY && lastOfKey.merge(its, item, Math::max) > item;
  }

  /** The next event of the list. */
  void listed(StoredEvent event) {
    listed++;
    int item = event.content().item();
    if (event.id() != listed
        || !event.eventId().equals(idFormat.formatted(item))
        || !event.content().equals(content.apply(item))) {
      note("events that the list gives otherwise", event.eventId());
    }
  }

  private void note(String what, String example) {
    counts.merge(what, 1L, Long::sum);
    List<String> examples = wrong.computeIfAbsent(what, _ -> new ArrayList<>());
    if (examples.size() < EXAMPLES) {
      examples.add(example);
    }
  }

  /**
   * The end of the count.
   *
   * @param books of the spool that took each item once
   */
  Verdict verdict(BooksLine books) {
    List<String> differences = new ArrayList<>();
    if (!books.balanced() || books.taken() != items) {
      differences.add("the books do not say that %,d were taken: %s".formatted(items, books));
    }
    if (books.delivered() + books.duplicate() != books.taken()) {
      differences.add("not everything was delivered: " + books);
    }
    return verdict(books.taken(), differences);
  }

  /**
   * The end of the count.
   *
   * @param books of spools that took each item once or more among them
   */
  Verdict verdict(List<BooksLine> books) {
    List<String> differences = new ArrayList<>();
    for (BooksLine each : books) {
      if (!each.balanced() || each.delivered() + each.duplicate() != each.taken()) {
        differences.add("not everything was delivered: " + each);
      }
    }
    if (books.stream().mapToLong(BooksLine::taken).sum() < items) {
      differences.add("the books do not say that %,d were taken: %s".formatted(items, books));
    }
    return verdict(items, differences);
  }

  private Verdict verdict(long taken, List<String> differences) {
    for (int item = stored.nextClearBit(1); item <= items; item = stored.nextClearBit(item + 1)) {
      note(MISSING, idFormat.formatted(item));
    }
    counts.forEach(
        (what, count) ->
            differences.add(
                "%,d %s, such as %s".formatted(count, what, String.join(", ", wrong.get(what)))));
    if (listed != rows) {
      differences.add("the list has %,d events and the store %,d".formatted(listed, rows));
    }
    return new Verdict(taken, rows, counts.getOrDefault(MISSING, 0L), repeated, differences);
  }
}
