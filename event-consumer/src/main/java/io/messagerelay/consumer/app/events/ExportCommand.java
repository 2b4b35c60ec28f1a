package io.messagerelay.consumer.app.events;

import io.messagerelay.base.CommandException;
import io.messagerelay.base.Counts;
import io.messagerelay.base.ExitCodes;
import io.messagerelay.base.Figures;
import io.messagerelay.base.JsonForm;
import io.messagerelay.base.OutputFile;
import io.messagerelay.base.Terminal;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code event-consumer export}. */
@Command(
    name = "export",
    description = {
      "Writes the events that are stored by now, one a line, the oldest first.",
      "Each as it was sent, so that event-propagator replay sends it again under its id;",
      "with --stored as it is listed, with its place and its time."
    },
    mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<Integer> {
  /** Without an answer for so long, it ends. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private FilterOptions filters = new FilterOptions();
  @Mixin private JsonForm form = new JsonForm();

  @Option(
      names = "--stored",
      description = "Writes events as they are listed, with their place and their time.")
  private boolean stored;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description =
          "Takes all events of this file instead, which --stored or the archive of removed events has written; - for standard input.")
  private @Nullable String from;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Makes this file, for its owner alone, gzipped where its name ends in .gz; standard output without it.")
  private @Nullable Path file;

  @Option(names = "--force", description = "Replaces a file that is there.")
  private boolean force;

  /** Where the events come from. */
  private interface Source {
    Export.Written to(OutputStream out, Meter meter) throws IOException, InterruptedException;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (from != null && (stored || !filters.query().text().isEmpty())) {
      throw new ParameterException(
          spec.commandLine(), "--from takes all events of the file, as they were sent");
    }
    tell(from == null ? fromService() : fromFile(from));
    return ExitCodes.OK;
  }

  private Export.Written fromService() throws InterruptedException {
    try (Api api = new Api(ClientSettings.read())) {
      return written(new Export(api, filters, stored, new Patience(Patience.REAL, PATIENCE))::to);
    }
  }

  private Export.Written fromFile(String name) throws InterruptedException {
    try (InputStream in = name.equals("-") ? System.in : Files.newInputStream(Path.of(name))) {
      ExportedLines lines = ExportedLines.of(name, in);
      return written((out, _) -> Export.asSent(lines, out));
    } catch (NoSuchFileException e) {
      throw new CommandException(ExitCodes.UNAVAILABLE, name + ": there is no such file");
    } catch (IOException e) {
      throw new CommandException(ExitCodes.UNAVAILABLE, name + ": cannot be read: " + e);
    }
  }

  private Export.Written written(Source source) throws InterruptedException {
    try {
      return file == null ? toStandardOutput(source) : toFile(source, file);
    } catch (IOException e) {
      throw OutputFile.failure(file, e);
    }
  }

  private static Export.Written toStandardOutput(Source source)
      throws IOException, InterruptedException {
    OutputStream out = new BufferedOutputStream(System.out);
    Export.Written written = source.to(out, Meter.NONE);
    out.flush();
    return written;
  }

  private Export.Written toFile(Source source, Path to) throws IOException, InterruptedException {
    try (OutputFile out = OutputFile.make(to, force);
        Meter meter = Terminal.isThere() ? Meter.bar("export") : Meter.NONE) {
      Export.Written written = source.to(out.stream(), meter);
      out.finish();
      return written;
    }
  }

  /** Beside the events, which have standard output for themselves. */
  private void tell(Export.Written written) {
    PrintWriter to = file == null ? spec.commandLine().getErr() : spec.commandLine().getOut();
    if (form.isJson()) {
      to.println(
          new Figures().with("exported", written.events()).with("erased", written.erased()).json());
      return;
    }
    to.println("exported " + Counts.of(written.events(), "event"));
    if (written.erased() > 0) {
      to.println(
          "left out %s; --stored writes what is left of them"
              .formatted(Counts.of(written.erased(), "erased event")));
    }
  }
}
