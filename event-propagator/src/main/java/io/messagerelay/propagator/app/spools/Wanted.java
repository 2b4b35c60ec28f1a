package io.messagerelay.propagator.app.spools;

import io.messagerelay.base.ExitCodes;
import io.messagerelay.base.Visible;
import io.messagerelay.propagator.spool.Entry;
import io.messagerelay.propagator.spool.Selection;
import io.messagerelay.propagator.spool.Shelf;
import io.messagerelay.propagator.spool.SpoolDesk;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a command was asked for, and which names it has not met. Used by one thread. */
final class Wanted {
  private final Shelf shelf;
  private final List<NamedSpool> spools;
  private final Function<NamedSpool, Selection> selections;
  private final Set<String> missing;

  /**
   * @param names the ids that were asked for
   */
  Wanted(
      Shelf shelf,
      List<NamedSpool> spools,
      Function<NamedSpool, Selection> selections,
      Set<String> names) {
    this.shelf = shelf;
    this.spools = spools;
    this.selections = selections;
    this.missing = new TreeSet<>(names);
  }

  Shelf shelf() {
    return shelf;
  }

  List<NamedSpool> spools() {
    return spools;
  }

  Selection in(NamedSpool spool) {
    return selections.apply(spool);
  }

  Stream<Entry> oldestFirst(NamedSpool spool, SpoolDesk desk) {
    return desk.oldestFirst(shelf, in(spool)).peek(entry -> meet(spool, entry));
  }

  Stream<Entry> newestFirst(NamedSpool spool, SpoolDesk desk) {
    return desk.newestFirst(shelf, in(spool)).peek(entry -> meet(spool, entry));
  }

  private void meet(NamedSpool spool, Entry entry) {
    if (!missing.isEmpty()) {
      missing.remove(spool.nameOf(entry));
      missing.removeIf(name -> name.equals(entry.eventId()));
    }
  }

  /** Names what was asked for by its name and is not there; the exit code is a failure's then. */
  int tellMissing(PrintWriter err) {
    String what =
        switch (shelf) {
          case PENDING -> "no event that waits";
          case DEAD_LETTERS -> "no dead letter";
        };
    missing.forEach(name -> err.println(what + " is called " + Visible.line(name)));
    return missing.isEmpty() ? ExitCodes.OK : ExitCodes.FAILED;
  }
}
