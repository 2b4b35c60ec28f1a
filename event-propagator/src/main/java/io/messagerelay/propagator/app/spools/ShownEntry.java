package io.messagerelay.propagator.app.spools;

import io.messagerelay.base.Counts;
import io.messagerelay.base.Figures;
import io.messagerelay.base.Visible;
import io.messagerelay.propagator.spool.Entry;
import io.messagerelay.propagator.spool.Entry.State;
import io.messagerelay.propagator.spool.Envelope;
import io.messagerelay.propagator.spool.Shelf;
import io.messagerelay.propagator.spool.SpoolDesk;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An entry for a person and for a program; its payload only where it is shown whole.
 *
 * @param type as its body says
 */
record ShownEntry(NamedSpool spool, Entry entry, Optional<String> type) {
  private static final String NOTHING = "-";

  static ShownEntry of(NamedSpool spool, SpoolDesk desk, Shelf shelf, Entry entry) {
    Optional<byte[]> body = desk.body(shelf, entry.seq());
    return new ShownEntry(spool, entry, body.flatMap(bytes -> Envelope.of(bytes).eventType()));
  }

  /** Since when it lies on its shelf. */
  Instant moment() {
    return switch (entry.state()) {
      case State.Waiting _, State.SetAside _, State.Behind _ -> entry.taken();
      case State.Dead(var died, _, _) -> died;
    };
  }

  /** {@code main:3 2026-03-01T08:00:00Z ID TYPE data.json[3] 400 /event_type …}. */
  String line() {
    String how =
        switch (entry.state()) {
          case State.Waiting _ -> attempts();
          case State.SetAside aside -> attempts() + ", set aside: " + aside.cause();
          case State.Behind(long head) -> attempts() + ", behind " + spool.nameOf(head);
          case State.Dead dead -> dead.why();
        };
    return Stream.of(
            spool.nameOf(entry),
            moment().truncatedTo(ChronoUnit.SECONDS).toString(),
            Optional.ofNullable(entry.eventId()).orElse(NOTHING),
            type.orElse(NOTHING),
            entry.place(),
            how)
        .map(Visible::line)
        .reduce((one, next) -> one + "  " + next)
        .orElseThrow();
  }

  private String attempts() {
    return "attempts " + entry.attempts();
  }

  /** The whole of it. */
  String page(byte[] body) {
    var page = new Page();
    page.row("entry", spool.nameOf(entry));
    page.row("id", Optional.ofNullable(entry.eventId()).orElse("none: it never was an event"));
    page.row("key", Optional.ofNullable(entry.eventKey()).orElse(NOTHING));
    page.row("type", type.orElse(NOTHING));
    page.row("source", entry.source());
    page.row("place", entry.place());
    page.row("taken", entry.taken().toString());
    page.row("attempts", Integer.toString(entry.attempts()));
    page.state(spool, entry.state());
    page.row("body", Counts.of(body.length, "byte"));
    return page.text + Visible.body(body);
  }

  private static final class Page {
    private final StringBuilder text = new StringBuilder();

    void row(String what, String words) {
      text.append("%-9s %s%n".formatted(what, Visible.of(words)));
    }

    void state(NamedSpool spool, State state) {
      switch (state) {
        case State.Waiting(var due) -> due(due);
        case State.SetAside(var due, var since, var cause, int failures) -> {
          due(due);
          row("set aside", since.toString());
          row("failures", Integer.toString(failures));
          row("cause", cause);
        }
        case State.Behind(long head) -> row("behind", spool.nameOf(head));
        case State.Dead(var died, var status, var reasons) -> {
          row("died", died.toString());
          row("status", status == 0 ? "none: no consumer refused it" : "" + status);
          reasons.forEach(reason -> row("reason", reason));
        }
      }
    }

    private void due(Instant due) {
      row("due", due.equals(Instant.EPOCH) ? "now" : due.toString());
    }
  }

  Figures figures() {
    Figures figures =
        new Figures()
            .with("spool", spool.name())
            .with("seq", entry.seq())
            .withKnown("event_id", Optional.ofNullable(entry.eventId()))
            .withKnown("event_key", Optional.ofNullable(entry.eventKey()))
            .withKnown("type", type)
            .with("source", entry.source())
            .with("place", entry.place())
            .with("taken", entry.taken().toString())
            .with("attempts", entry.attempts());
    switch (entry.state()) {
      case State.Waiting(var due) -> figures.with("due", due.toString());
      case State.SetAside(var due, var since, var cause, int failures) ->
          figures
              .with("due", due.toString())
              .with("set_aside", since.toString())
              .with("failures", failures)
              .with("cause", cause);
      case State.Behind(long head) -> figures.with("behind", head);
      case State.Dead(var died, var status, var reasons) ->
          figures.with("died", died.toString()).with("status", status).with("reasons", reasons);
    }
    return figures.with("bytes", entry.bytes());
  }

  /** With the body as text, or in base64 where it is none. */
  Figures figures(byte[] body) {
    Optional<String> text = Visible.text(body);
    return text.isPresent()
        ? figures().with("body", text.get())
        : figures().with("body_base64", Base64.getEncoder().encodeToString(body));
  }
}
