package io.messagerelay.propagator.app.spools;

import io.messagerelay.base.Amounts;
import io.messagerelay.base.Counts;
import io.messagerelay.base.ExitCodes;
import io.messagerelay.base.Figures;
import io.messagerelay.base.JsonForm;
import io.messagerelay.base.Visible;
import io.messagerelay.propagator.spool.Audit;
import io.messagerelay.propagator.spool.SpoolDesk;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code event-propagator spool verify}. */
@Command(
    name = "verify",
    description = "Checks the files of spools, their books, and the id in each event.",
    mixinStandardHelpOptions = true)
public final class VerifySpools implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private SpoolChoice spools = new SpoolChoice();
  @Mixin private JsonForm form = new JsonForm();

  @Override
  public Integer call() {
    return SpoolFailures.told(this::verify);
  }

  private int verify() {
    PrintWriter out = spec.commandLine().getOut();
    boolean sound = true;
    for (NamedSpool spool : spools.chosen()) {
      Audit audit = SpoolDesk.audit(spool.folder());
      sound &= audit.isSound();
      if (form.isJson()) {
        out.println(figures(spool, audit).json());
      } else {
        tell(spool, audit, out);
      }
      out.flush();
    }
    return sound ? ExitCodes.OK : ExitCodes.FAILED;
  }

  private static void tell(NamedSpool spool, Audit audit, PrintWriter out) {
    if (audit.isSound()) {
      out.println(
          "ok    %s: %s and %s, %s; the books balance"
              .formatted(
                  spool.name(),
                  Counts.of(audit.pending(), "waiting event"),
                  Counts.of(audit.dead(), "dead letter"),
                  Amounts.bytes(audit.bytes())));
    }
    audit
        .problems()
        .forEach(problem -> out.println("FAIL  " + spool.name() + ": " + Visible.of(problem)));
  }

  private static Figures figures(NamedSpool spool, Audit audit) {
    return new Figures()
        .with("spool", spool.name())
        .with("sound", audit.isSound())
        .with("pending", audit.pending())
        .with("dead", audit.dead())
        .with("bytes", audit.bytes())
        .with("problems", audit.problems());
  }
}
