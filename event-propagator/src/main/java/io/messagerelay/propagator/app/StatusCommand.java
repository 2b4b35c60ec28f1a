package io.messagerelay.propagator.app;

import io.messagerelay.base.CommandException;
import io.messagerelay.base.ExitCodes;
import io.messagerelay.base.Figures;
import io.messagerelay.base.LogFormat;
import io.messagerelay.base.StatusForm;
import io.messagerelay.propagator.app.spools.SpoolChoice;
import io.messagerelay.propagator.app.spools.SpoolFailures;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code event-propagator status}: what every spool of SPOOL_DIR holds and whether a runner works
 * on it. Reads only, beside runners and without them.
 */
@Command(
    name = "status",
    description = "Tells what the spools hold and whether event-propagator runs on them.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  /** To the upper left, and what is right of each line and below the last one away. */
  private static final String HOME = "\u001b[H";

  private static final String CLEAR_RIGHT = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private SpoolChoice spools = new SpoolChoice();
  @ArgGroup private StatusForm form = new StatusForm();

  @Option(
      names = "--watch",
      description = "Looks again and again until it is stopped, and tells the rate too.")
  private boolean watch;

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      defaultValue = "1",
      description = "From one look to the next; 1 without it.")
  private double seconds;

  private final Rates rates = new Rates(System::nanoTime);

  @Override
  public Integer call() throws InterruptedException {
    if (!(seconds >= 0.1 && seconds <= 3600)) {
      throw new ParameterException(
          spec.commandLine(), "--interval: " + seconds + "; expected 0.1 to 3600 seconds");
    }
    PropagatorSettings settings = PropagatorSettings.read().settings();
    if (!watch) {
      out().println(look(settings));
      return ExitCodes.OK;
    }
    return watch(settings);
  }

  /** To be stopped is what a watch is for, so that ends it well. */
  private int watch(PropagatorSettings settings) throws InterruptedException {
    boolean redraws = LogFormat.AUTO.resolved() == LogFormat.TEXT && !form.isJson();
    var ending = new Ending();
    ending.onSignal();
    try {
      do {
        String text = look(settings);
        out().println(redraws ? redrawn(text) : text);
        out().flush();
      } while (!out().checkError() && !ending.await(Duration.ofMillis((long) (seconds * 1000))));
      return ending.with(ExitCodes.OK);
    } catch (CommandException e) {
      ending.with(e.exitCode());
      throw e;
    } catch (RuntimeException | Error e) {
      ending.with(ExitCodes.SOFTWARE);
      throw e;
    }
  }

  private static String redrawn(String text) {
    return HOME
        + text.lines().collect(Collectors.joining(CLEAR_RIGHT + "%n".formatted()))
        + CLEAR_RIGHT
        + CLEAR_BELOW;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private String look(PropagatorSettings settings) {
    List<SpoolReport> reports = SpoolFailures.told(() -> reports(settings));
    if (form.isJson()) {
      return json(reports);
    }
    return form.isLines()
        ? reports.stream()
            .map(report -> report.figures().lines())
            .collect(Collectors.joining("%n".formatted()))
        : reports.stream().map(SpoolReport::text).collect(Collectors.joining("%n%n".formatted()));
  }

  private List<SpoolReport> reports(PropagatorSettings settings) {
    Instant now = Clock.systemUTC().instant();
    return spools.of(settings.spoolDir()).stream()
        .map(spool -> SpoolReport.of(spool, settings.spoolLimits().maxBytes(), rates, now))
        .flatMap(Optional::stream)
        .toList();
  }

  private static String json(List<SpoolReport> reports) {
    return reports.stream()
        .map(SpoolReport::figures)
        .map(Figures::json)
        .collect(Collectors.joining(",", "{\"spools\":[", "]}"));
  }
}
