package io.messagerelay.propagator.app;

import io.messagerelay.base.ExitCodes;
import io.messagerelay.propagator.app.spools.NamedSpool;
import io.messagerelay.propagator.app.spools.Span;
import io.messagerelay.propagator.app.spools.SpoolChoice;
import io.messagerelay.propagator.app.spools.SpoolFailures;
import io.messagerelay.propagator.spool.WantedLog;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code event-propagator log-level}: what running ones log for a while. */
@Command(
    name = "log-level",
    description = {
      "Changes what the event-propagators that run log, for a while.",
      "They follow within a second, and go back to their settings by themselves."
    },
    mixinStandardHelpOptions = true)
final class LogLevelCommand implements Callable<Integer> {
  private static final String AS_SET = "usual";
  private static final Duration LONGEST = Duration.ofDays(7);

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(
      paramLabel = "LEVEL",
      description = "error, warn, info, debug or trace; usual goes back to the settings at once.")
  private String level;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      defaultValue = "10m",
      description = "For how long: 30s, 10m, 2h; 10m without it, at most 7d.")
  private String time = "";

  @Option(names = "--events", description = "A line for every event, too.")
  private boolean events;

  @Mixin private SpoolChoice spools = new SpoolChoice();

  @Override
  public Integer call() {
    Optional<WantedLog> wanted = wanted();
    return SpoolFailures.told(() -> leave(wanted));
  }

  /** Empty for what is set. */
  private Optional<WantedLog> wanted() {
    Duration span =
        Span.read(time)
            .filter(it -> it.isPositive() && it.compareTo(LONGEST) <= 0)
            .orElseThrow(() -> mistyped("--for: " + time + "; expected 1s to 7d"));
    return level.equals(AS_SET)
        ? Optional.empty()
        : Optional.of(
            new WantedLog(
                read(level),
                events,
                Clock.systemUTC().instant().plus(span).truncatedTo(ChronoUnit.SECONDS)));
  }

  private Level read(String text) {
    try {
      return Level.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw mistyped(
          "LEVEL: %s; expected error, warn, info, debug, trace or usual".formatted(text));
    }
  }

  private ParameterException mistyped(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }

  private int leave(Optional<WantedLog> wanted) {
    for (NamedSpool spool : spools.of(PropagatorSettings.read().settings().spoolDir())) {
      spool.folder().wantLog(wanted);
      spec.commandLine().getOut().println(spool.name() + ": " + told(spool, wanted));
    }
    return ExitCodes.OK;
  }

  private static String told(NamedSpool spool, Optional<WantedLog> wanted) {
    String log = wanted.map(it -> it.level() + " until " + it.until()).orElse("as set");
    return spool.folder().runner().isPresent() ? log : log + "; nobody runs on it now";
  }
}
