package io.messagerelay.propagator.app.spools;

import io.messagerelay.base.Counts;
import io.messagerelay.base.Figures;
import io.messagerelay.base.JsonForm;
import io.messagerelay.base.OutputFile;
import io.messagerelay.propagator.spool.Shelf;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code event-propagator dead-letters export}. */
@Command(
    name = "export",
    description = {
      "Writes the events of dead letters, one a line, as replay takes them.",
      "Items that never were events are left out, unless the reasons are asked for."
    },
    mixinStandardHelpOptions = true)
final class ExportLetters implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private SpoolChoice spools = new SpoolChoice();
  @Mixin private LetterChoice choice = new LetterChoice();
  @Mixin private JsonForm form = new JsonForm();

  @Option(
      names = "--with-reasons",
      description = "Writes an object for each dead letter: all that is known of it, and its body.")
  private boolean withReasons;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Makes this file, for its owner alone, gzipped where its name ends in .gz; standard output without it.")
  private @Nullable Path file;

  @Option(names = "--force", description = "Replaces a file that is there.")
  private boolean force;

  @Override
  public Integer call() {
    return SpoolFailures.told(this::export);
  }

  private int export() {
    List<NamedSpool> all = spools.chosen();
    Instant now = Clock.systemUTC().instant();
    var wanted = new Wanted(Shelf.DEAD_LETTERS, all, spool -> choice.of(spool, now), choice.ids());
    var export = new Export(wanted, withReasons);
    try {
      tell(file == null ? toStandardOutput(export) : toFile(export, file));
    } catch (IOException e) {
      throw OutputFile.failure(file, e);
    }
    return wanted.tellMissing(spec.commandLine().getErr());
  }

  private static Export.Written toStandardOutput(Export export) throws IOException {
    var out = new BufferedOutputStream(System.out);
    Export.Written written = export.to(out);
    out.flush();
    return written;
  }

  private Export.Written toFile(Export export, Path to) throws IOException {
    try (OutputFile out = OutputFile.make(to, force)) {
      Export.Written written = export.to(out.stream());
      out.finish();
      return written;
    }
  }

  /** Beside the events, which have standard output for themselves. */
  private void tell(Export.Written written) {
    PrintWriter to = file == null ? spec.commandLine().getErr() : spec.commandLine().getOut();
    if (form.isJson()) {
      to.println(
          new Figures()
              .with("exported", written.exported())
              .with("without_id", written.left())
              .json());
      return;
    }
    to.println("exported " + Counts.of(written.exported(), "dead letter"));
    if (written.left() > 0) {
      to.println(
          "left out %s that never had an id; --with-reasons writes them too"
              .formatted(Counts.of(written.left(), "item")));
    }
  }
}
