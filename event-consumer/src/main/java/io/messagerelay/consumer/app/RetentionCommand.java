package io.messagerelay.consumer.app;

import io.messagerelay.base.CommandException;
import io.messagerelay.base.ExitCodes;
import io.messagerelay.base.Figures;
import io.messagerelay.consumer.retention.Doom;
import io.messagerelay.consumer.retention.Retention;
import io.messagerelay.consumer.retention.Retention.Outcome;
import io.messagerelay.consumer.store.Database;
import io.messagerelay.consumer.store.StoreException;
import io.messagerelay.consumer.store.StoreOpeningException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code event-consumer retention}: removes old events once, beside a service or without one. */
@Command(
    name = "retention",
    description = "Removes the events that the RETENTION settings do not keep.",
    mixinStandardHelpOptions = true)
final class RetentionCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Option(names = "--dry-run", description = "Tells what would be removed, and removes nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Prints one JSON object a line.")
  private boolean json;

  @Override
  public Integer call() {
    ConsumerSettings settings = ConsumerSettings.read().settings();
    if (settings.retention().rules().keepAll()) {
      throw new CommandException(
          ExitCodes.CONFIG,
          "every event is kept; set RETENTION_AGE, RETENTION_COUNT or RETENTION_TYPES");
    }
    var random = new SecureRandom();
    Clock clock = Clock.systemUTC();
    try (Database database = settings.store().open(clock, System::nanoTime, random)) {
      Retention retention = EventConsumer.retention(settings, database, clock, random);
      return dryRun ? tell(retention.dryRun()) : tell(retention.runOnce());
    } catch (StoreOpeningException | StoreException e) {
      throw new CommandException(ExitCodes.UNAVAILABLE, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new CommandException(
          ExitCodes.NO_PERMISSION, "RETENTION_ARCHIVE_DIR cannot be written: " + e);
    }
  }

  private int tell(List<Doom> dooms) {
    for (Doom doom : dooms) {
      String events = String.format(Locale.ROOT, "%,d events", doom.events());
      String more = doom.atLeast() ? "at least " : "";
      println(
          "would remove %s%s by %s".formatted(more, events, doom.rule()),
          new Figures()
              .with("rule", doom.rule())
              .with("would_remove", doom.events())
              .with("at_least", doom.atLeast()));
    }
    return ExitCodes.OK;
  }

  private int tell(Outcome outcome) {
    long removed =
        switch (outcome) {
          case Outcome.Done(var events) -> events;
          case Outcome.Busy(var events) -> events;
        };
    boolean busy = outcome instanceof Outcome.Busy;
    println(
        String.format(Locale.ROOT, "removed %,d events", removed)
            + (busy ? "; another process removes events of this store now" : ""),
        new Figures().with("removed", removed).with("busy", busy));
    return busy ? ExitCodes.TRY_AGAIN : ExitCodes.OK;
  }

  private void println(String text, Figures figures) {
    spec.commandLine().getOut().println(json ? figures.json() : text);
  }
}
