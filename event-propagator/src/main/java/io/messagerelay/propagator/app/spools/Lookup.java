package io.messagerelay.propagator.app.spools;

import io.messagerelay.propagator.spool.Entry;
import io.messagerelay.propagator.spool.SpoolDesk;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Prints entries whole, payload included. */
final class Lookup {
  private final Wanted wanted;

  Lookup(Wanted wanted) {
    this.wanted = wanted;
  }

  void print(PrintWriter out, boolean asJson) {
    var printed = new ArrayList<String>();
    for (NamedSpool spool : wanted.spools()) {
      try (SpoolDesk desk = SpoolDesk.toRead(spool.folder())) {
        for (Entry entry : wanted.oldestFirst(spool, desk).toList()) {
          printed.addAll(page(spool, desk, entry, asJson));
        }
      }
    }
    if (!printed.isEmpty()) {
      out.println(String.join((asJson ? "%n" : "%n%n").formatted(), printed));
    }
  }

  private List<String> page(NamedSpool spool, SpoolDesk desk, Entry entry, boolean asJson) {
    return desk.body(wanted.shelf(), entry.seq()).stream()
        .map(
            body -> {
              var shown = ShownEntry.of(spool, desk, wanted.shelf(), entry);
              return asJson ? shown.figures(body).json() : shown.page(body);
            })
        .toList();
  }
}
