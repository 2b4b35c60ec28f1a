package io.messagerelay.propagator.app;

import io.messagerelay.base.CommandException;
import io.messagerelay.base.ExitCodes;
import io.messagerelay.propagator.source.EventSource;
import io.messagerelay.propagator.source.RandomSource;
import io.messagerelay.propagator.source.SourceException;
import io.messagerelay.propagator.source.outbox.Inspection;
import io.messagerelay.propagator.source.outbox.OutboxSource;
import io.messagerelay.propagator.spool.SpoolException;
import io.messagerelay.propagator.spool.SpoolFolder;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code event-propagator run}: takes and relays until it is told to stop. */
@Command(
    name = "run",
    description = "Takes events and relays them until it is stopped.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Takes no more than N events in all, delivers what is pending, and ends.")
  private @Nullable Long limit;

  @Override
  public Integer call() throws InterruptedException {
    if (limit != null && limit < 1) {
      throw new ParameterException(
          spec.commandLine(), "--limit: " + limit + "; expected 1 or more");
    }
    PropagatorSettings.Read read = PropagatorSettings.read();
    PropagatorSettings settings = read.settings();
    LogOutput.configure(settings.log());
    read.warnings().forEach(LOG::warn);
    try {
      return settings.outbox().isPresent()
          ? relayOutbox(settings, settings.outbox().get())
          : run(
              settings,
              RandomSource.open(settings.dataFile(), settings.beats(), new Random()),
              this::tell);
    } catch (SourceException e) {
      throw new CommandException(ExitCodes.UNAVAILABLE, String.valueOf(e.getMessage()));
    } catch (SpoolException e) {
      throw new CommandException(SpoolRun.exitCode(e), String.valueOf(e.getMessage()));
    }
  }

  private int relayOutbox(PropagatorSettings settings, OutboxSettings outbox)
      throws InterruptedException {
    requireFit(Inspection.of(outbox.server(), outbox.table()));
    OutboxSource source = outbox.source();
    return run(
        settings,
        source,
        end -> {
          source.close(); // the process may be gone as soon as the run has its exit code
          return tell(end);
        });
  }

  /** A server that is not there yet is the source's to wait for. */
  private static void requireFit(Inspection inspection) {
    if (inspection instanceof Inspection.Unfit unfit) {
      throw new CommandException(OutboxFinding.exitCode(unfit), unfit.text());
    }
  }

  private int run(PropagatorSettings settings, EventSource source, ToIntFunction<SpoolRun.End> tell)
      throws InterruptedException {
    SpoolFolder folder = SpoolFolder.make(settings.spoolDir());
    var work =
        limit == null
            ? new SpoolRun.Work(folder, source, Long.MAX_VALUE, null)
            : new SpoolRun.Work(folder, source, limit, _ -> {});
    return SpoolRun.ofService(settings, Clock.systemUTC()).run(work, tell);
  }

  private int tell(SpoolRun.End end) {
    switch (end) {
      case SpoolRun.End.Done(var books) -> spec.commandLine().getOut().println(BooksLine.of(books));
      case SpoolRun.End.Stopped(var books) -> LOG.info("stopped; {}", BooksLine.of(books));
    }
    return ExitCodes.OK;
  }
}
