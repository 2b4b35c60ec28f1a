package io.messagerelay.propagator.app.spools;

import io.messagerelay.base.Counts;
import io.messagerelay.base.Figures;
import io.messagerelay.propagator.spool.Selection;
import io.messagerelay.propagator.spool.SpoolDesk;
import io.messagerelay.propagator.spool.SpoolFolder;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongBiFunction;

/**
 * A change to selected entries: without the word of the person only their count, spool by spool.
 */
final class Change {
  /** Between two transactions, so that the runner gets its turn. */
  private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Verb verb;
  private final ToLongBiFunction<SpoolDesk, Selection> act;

  Change(Verb verb, ToLongBiFunction<SpoolDesk, Selection> act) {
    this.verb = verb;
    this.act = act;
  }

  /** In the words of a person. */
  enum Verb {
    RESEND("would resend", "resent", "dead letter", false),
    DISCARD("would discard", "discarded", "dead letter", true),
    BURY("would bury", "buried", "waiting event", true);

    private final String would;
    private final String did;
    private final String what;
    private final boolean withoutId;

    Verb(String would, String did, String what, boolean withoutId) {
      this.would = would;
      this.did = did;
      this.what = what;
      this.withoutId = withoutId;
    }
  }

  /**
   * @param selected how many there were
   * @param left how many of them cannot be changed, because they have no id
   * @param changed how many were
   */
  private record Outcome(NamedSpool spool, long selected, long left, long changed) {}

  /** Returns the exit code. */
  int run(Wanted wanted, ChangeForm form, PrintWriter out, PrintWriter err) {
    long selected = 0;
    for (NamedSpool spool : wanted.spools()) {
      Outcome outcome = in(spool, wanted, form.isAgreed());
      if (outcome.selected > 0) {
        selected += outcome.selected;
        out.println(form.isJson() ? figures(outcome, form.isAgreed()).json() : text(outcome, form));
        out.flush();
      }
    }
    if (!form.isJson()) {
      tellEnd(out, selected, form.isAgreed());
    }
    return wanted.tellMissing(err);
  }

  private Outcome in(NamedSpool spool, Wanted wanted, boolean agreed) {
    long[] counts = {0, 0};
    try (SpoolDesk desk = SpoolDesk.toRead(spool.folder())) {
      wanted
          .oldestFirst(spool, desk)
          .forEach(
              entry -> {
                counts[0]++;
                counts[1] += entry.eventId() == null && !verb.withoutId ? 1 : 0;
              });
    }
    boolean acts = agreed && counts[0] > counts[1];
    return new Outcome(
        spool, counts[0], counts[1], acts ? act(spool.folder(), wanted.in(spool)) : 0);
  }

  private long act(SpoolFolder folder, Selection selection) {
    try (SpoolDesk desk = SpoolDesk.toChange(folder, () -> LockSupport.parkNanos(TURN_NANOS))) {
      return act.applyAsLong(desk, selection);
    }
  }

  private String text(Outcome outcome, ChangeForm form) {
    String name = outcome.spool.name() + ": ";
    long count = form.isAgreed() ? outcome.changed : outcome.selected - outcome.left;
    var text =
        new StringBuilder(name)
            .append(form.isAgreed() ? verb.did : verb.would)
            .append(' ')
            .append(Counts.of(count, verb.what));
    if (outcome.left > 0) {
      text.append("; leaves ")
          .append(Counts.of(outcome.left, "item"))
          .append(" without an id: mend them where they come from, then discard them");
    }
    if (verb == Verb.RESEND && outcome.changed > 0) {
      text.append(System.lineSeparator()).append(name).append(whoDelivers(outcome.spool));
    }
    return text.toString();
  }

  private static String whoDelivers(NamedSpool spool) {
    return spool
        .folder()
        .runner()
        .map(runner -> "delivered by " + runner)
        .orElse(
            "nothing runs on it: event-propagator spool drain --spool %s delivers them"
                .formatted(spool.name()));
  }

  private Figures figures(Outcome outcome, boolean agreed) {
    var figures =
        new Figures()
            .with("spool", outcome.spool.name())
            .with("selected", outcome.selected)
            .with("without_id", outcome.left)
            .with("done", agreed)
            .with("changed", outcome.changed);
    outcome
        .spool
        .folder()
        .runner()
        .ifPresent(runner -> runner.process().ifPresent(id -> figures.with("process", id)));
    return figures;
  }

  private void tellEnd(PrintWriter out, long selected, boolean agreed) {
    if (selected == 0) {
      out.println("nothing is selected: no %s fits".formatted(verb.what));
    } else if (!agreed) {
      out.println("nothing was changed; with --yes it is done");
    }
  }
}
