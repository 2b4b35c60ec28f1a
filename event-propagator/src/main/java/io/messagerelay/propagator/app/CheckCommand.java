package io.messagerelay.propagator.app;

import io.messagerelay.base.CommandException;
import io.messagerelay.base.ExitCodes;
import io.messagerelay.base.Finding;
import io.messagerelay.propagator.auth.Exchange;
import io.messagerelay.propagator.auth.Outcome;
import io.messagerelay.propagator.auth.TokenAnswer;
import io.messagerelay.propagator.auth.TokenAnswer.NotNeeded;
import io.messagerelay.propagator.auth.TokenAnswer.Refused;
import io.messagerelay.propagator.auth.TokenAnswer.Token;
import io.messagerelay.propagator.auth.TokenAnswer.Unavailable;
import io.messagerelay.propagator.delivery.Acknowledge;
import io.messagerelay.propagator.delivery.Probe;
import io.messagerelay.propagator.source.RandomSource;
import io.messagerelay.propagator.source.SourceException;
import io.messagerelay.propagator.spool.SpoolException;
import io.messagerelay.propagator.spool.SpoolFolder;
import io.messagerelay.propagator.spool.SpoolStatus;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code event-propagator check}: looks at everything that a run needs, a line each. */
@Command(
    name = "check",
    description = "Checks settings, data file or outbox, spool and the login at the consumer.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PropagatorSettings.Read read = PropagatorSettings.read();
    PrintWriter out = spec.commandLine().getOut();
    read.warnings().forEach(warning -> out.println("note  " + warning));
    List<Finding> findings = findings(read.settings());
    return Finding.tell(findings, out);
  }

  private static List<Finding> findings(PropagatorSettings settings) throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.ok("settings", "complete"));
    if (settings.outbox().isPresent()) {
      findings.addAll(OutboxFinding.of(settings.outbox().get()));
    } else {
      findings.add(dataFile(settings));
    }
    findings.add(spool(settings));
    settings.management().ifPresent(at -> findings.add(management(settings, at)));
    try (var http = Exchange.open(TIMEOUT, TIMEOUT, Clock.systemUTC())) {
      TokenAnswer login = settings.tokens(http).current();
      findings.add(login(settings, login));
      if (login instanceof Token token && settings.acknowledge() == Acknowledge.ID) {
        findings.add(consumer(settings, http, token));
      }
    }
    return findings;
  }

  private static Finding dataFile(PropagatorSettings settings) {
    try {
      RandomSource.open(settings.dataFile(), settings.beats(), new Random());
      return Finding.ok("data file", settings.dataFile().toString());
    } catch (SourceException e) {
      return Finding.failed(ExitCodes.UNAVAILABLE, "data file", e);
    }
  }

  /** Reads the books of a spool that is there, in use or not. */
  private static Finding spool(PropagatorSettings settings) {
    try {
      SpoolFolder folder = SpoolFolder.make(settings.spoolDir());
      return Finding.ok("spool", folder.path() + ": " + books(folder) + user(folder));
    } catch (SpoolException e) {
      return Finding.failed(ExitCodes.UNAVAILABLE, "spool", e);
    }
  }

  /** A runner has its port for itself. */
  private static Finding management(PropagatorSettings settings, ManagementSettings at) {
    try {
      if (new SpoolFolder(settings.spoolDir()).runner().isEmpty()) {
        ManagementPort.requireFree(at);
      }
      return Finding.ok("management", at.toString());
    } catch (CommandException e) {
      return Finding.failed(e.exitCode(), "management", e);
    }
  }

  private static String books(SpoolFolder folder) {
    return folder.status().map(SpoolStatus::books).map(BooksLine::of).orElse("new");
  }

  private static String user(SpoolFolder folder) {
    return folder.runner().map(runner -> "; in use by " + runner).orElse("");
  }

  private static Finding login(PropagatorSettings settings, TokenAnswer answer) {
    return switch (answer) {
      case Token _ ->
          Finding.ok("login", "%s at %s".formatted(settings.account(), settings.tokens()));
      case NotNeeded _ -> Finding.ok("login", "none: SERVICE_NAME is not set");
      case Unavailable(var cause, _) -> new Finding(ExitCodes.UNAVAILABLE, "login", cause);
      case Refused(var reason) -> new Finding(ExitCodes.NO_PERMISSION, "login", reason);
    };
  }

  private static Finding consumer(PropagatorSettings settings, Exchange http, Token token)
      throws InterruptedException {
    return switch (Probe.send(http, settings.events(), token)) {
      case Outcome.Failed(var cause) -> new Finding(ExitCodes.UNAVAILABLE, "consumer", cause);
      case Outcome.Unreachable(var cause) -> new Finding(ExitCodes.UNAVAILABLE, "consumer", cause);
      case Outcome.Distrusted(var reason) ->
          new Finding(ExitCodes.NO_PERMISSION, "consumer", reason);
      case Outcome.Reply(int status, _, _) -> answered(settings, status);
    };
  }

  private static Finding answered(PropagatorSettings settings, int status) {
    return switch (status) {
      case 400 -> Finding.ok("consumer", settings.events() + " accepts the token");
      case 401, 403 ->
          new Finding(
              ExitCodes.NO_PERMISSION,
              "consumer",
              "%s refuses the token with %d".formatted(settings.events(), status));
      default ->
          new Finding(
              ExitCodes.UNAVAILABLE,
              "consumer",
              "%s answered %d to an empty batch; expected 400, as an event-consumer answers"
                  .formatted(settings.events(), status));
    };
  }
}
