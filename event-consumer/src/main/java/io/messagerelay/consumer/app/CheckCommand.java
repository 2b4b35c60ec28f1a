package io.messagerelay.consumer.app;

import io.messagerelay.base.CommandException;
import io.messagerelay.base.ExitCodes;
import io.messagerelay.base.Finding;
import io.messagerelay.consumer.store.Database;
import io.messagerelay.consumer.store.StoreOpeningException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code event-consumer check}: looks at everything that a run needs, a line each. */
@Command(
    name = "check",
    description = "Checks settings, schemas, store and port.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    ConsumerSettings.Read read = ConsumerSettings.read();
    PrintWriter out = spec.commandLine().getOut();
    read.warnings().forEach(warning -> out.println("note  " + warning));
    ConsumerSettings settings = read.settings();
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.ok("settings", "complete"));
    settings.schemas().map(CheckCommand::schemas).ifPresent(findings::add);
    findings.add(store(settings));
    findings.add(port(settings));
    return Finding.tell(findings, out);
  }

  private static Finding schemas(SchemaSettings settings) {
    try {
      return Finding.ok("schemas", settings.open().toString());
    } catch (CommandException e) {
      return Finding.failed(e.exitCode(), "schemas", e);
    }
  }

  private static Finding store(ConsumerSettings settings) {
    StoreAt store = settings.store();
    try (Database database = store.open(Clock.systemUTC(), System::nanoTime, new SecureRandom())) {
      return database.events().canCommit()
          ? Finding.ok("store", store.toString())
          : new Finding(
              ExitCodes.UNAVAILABLE, "store", store + ": opens, and cannot commit now; try again");
    } catch (StoreOpeningException e) {
      return Finding.failed(ExitCodes.UNAVAILABLE, "store", e);
    }
  }

  private static Finding port(ConsumerSettings settings) {
    try {
      Port.requireFree(settings.address());
      return Finding.ok("port", settings.address().toString());
    } catch (CommandException e) {
      return Finding.failed(e.exitCode(), "port", e);
    }
  }
}
