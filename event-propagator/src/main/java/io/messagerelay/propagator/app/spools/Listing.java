package io.messagerelay.propagator.app.spools;

import io.messagerelay.propagator.spool.Books;
import io.messagerelay.propagator.spool.Entry;
import io.messagerelay.propagator.spool.Shelf;
import io.messagerelay.propagator.spool.SpoolDesk;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Prints entries, a line each: dead letters of all spools together, the newest first; waiting
 * events spool by spool, the oldest first. Without a selection it reads no more than it prints.
 */
final class Listing {
  private final Wanted wanted;
  private final int limit;

  Listing(Wanted wanted, int limit) {
    this.wanted = wanted;
    this.limit = limit;
  }

  /**
   * The first ones of a spool.
   *
   * @param all how many there are
   */
  private record Looked(List<ShownEntry> first, long all) {}

  void print(PrintWriter out, boolean asJson) {
    List<Looked> looked = wanted.spools().stream().map(this::look).toList();
    List<ShownEntry> shown =
        switch (wanted.shelf()) {
          case PENDING -> looked.stream().flatMap(each -> each.first.stream()).toList();
          case DEAD_LETTERS ->
              looked.stream()
                  .flatMap(each -> each.first.stream())
                  .sorted(Comparator.comparing(ShownEntry::moment).reversed())
                  .limit(limit)
                  .toList();
        };
    shown.forEach(each -> out.println(asJson ? each.figures().json() : each.line()));
    if (!asJson) {
      long more = looked.stream().mapToLong(Looked::all).sum() - shown.size();
      tellMore(out, shown.isEmpty(), more);
    }
  }

  private void tellMore(PrintWriter out, boolean none, long more) {
    if (more > 0) {
      out.println(String.format(Locale.ROOT, "%,d more; --limit shows more of them", more));
    } else if (none) {
      out.println(
          switch (wanted.shelf()) {
            case PENDING -> "nothing waits";
            case DEAD_LETTERS -> "no dead letters";
          });
    }
  }

  private Looked look(NamedSpool spool) {
    try (SpoolDesk desk = SpoolDesk.toRead(spool.folder())) {
      boolean everything = wanted.in(spool).isAll();
      Books books = desk.books();
      var first = new ArrayList<Entry>();
      long count = 0;
      for (Iterator<Entry> all = entries(spool, desk).iterator(); all.hasNext(); count++) {
        Entry entry = all.next();
        if (first.size() < limit) {
          first.add(entry);
        } else if (everything) {
          break;
        }
      }
      long all = everything ? Math.max(first.size(), kept(books)) : count;
      return new Looked(
          first.stream().map(each -> ShownEntry.of(spool, desk, wanted.shelf(), each)).toList(),
          all);
    }
  }

  private Stream<Entry> entries(NamedSpool spool, SpoolDesk desk) {
    return switch (wanted.shelf()) {
      case PENDING -> wanted.oldestFirst(spool, desk);
      case DEAD_LETTERS -> wanted.newestFirst(spool, desk);
    };
  }

  private long kept(Books books) {
    return wanted.shelf() == Shelf.PENDING ? books.pending() : books.dead();
  }
}
