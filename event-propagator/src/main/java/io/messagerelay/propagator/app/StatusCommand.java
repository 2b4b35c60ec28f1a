package io.messagerelay.propagator.app;

import io.messagerelay.base.CommandException;
import io.messagerelay.base.ExitCodes;
import io.messagerelay.base.Figures;
import io.messagerelay.base.StatusForm;
import io.messagerelay.propagator.spool.SpoolException;
import io.messagerelay.propagator.spool.SpoolFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code event-propagator status}: what every spool of SPOOL_DIR holds and whether a runner works
 * on it. Reads only, beside runners and without them.
 */
@Command(
    name = "status",
    description = "Tells what the spool holds and whether event-propagator runs on it.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @ArgGroup private StatusForm form = new StatusForm();

  @Override
  public Integer call() {
    PropagatorSettings settings = PropagatorSettings.read().settings();
    List<SpoolReport> reports = look(settings);
    PrintWriter out = spec.commandLine().getOut();
    if (form.isJson()) {
      out.println(json(reports));
    } else if (form.isLines()) {
      reports.forEach(report -> out.println(report.figures().lines()));
    } else {
      out.println(
          reports.stream().map(SpoolReport::text).collect(Collectors.joining("%n%n".formatted())));
    }
    return ExitCodes.OK;
  }

  private static List<SpoolReport> look(PropagatorSettings settings) {
    Instant now = Clock.systemUTC().instant();
    Path path = settings.spoolDir();
    try {
      List<SpoolReport> reports =
          SpoolFolder.all(path).stream()
              .map(folder -> SpoolReport.of(folder, settings.spoolLimits().maxBytes(), now))
              .flatMap(Optional::stream)
              .toList();
      if (reports.isEmpty()) {
        throw new CommandException(
            ExitCodes.UNAVAILABLE,
            "SPOOL_DIR: %s has no spool yet; event-propagator run makes one".formatted(path));
      }
      return reports;
    } catch (SpoolException e) {
      throw new CommandException(ExitCodes.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
  }

  private static String json(List<SpoolReport> reports) {
    return reports.stream()
        .map(SpoolReport::figures)
        .map(Figures::json)
        .collect(Collectors.joining(",", "{\"spools\":[", "]}"));
  }
}
