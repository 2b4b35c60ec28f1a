package io.messagerelay.propagator.app;

import io.messagerelay.base.CommandException;
import io.messagerelay.base.ExitCodes;
import io.messagerelay.propagator.source.EventSource;
import io.messagerelay.propagator.source.RandomSource;
import io.messagerelay.propagator.source.SourceException;
import io.messagerelay.propagator.spool.SpoolException;
import io.messagerelay.propagator.spool.SpoolFolder;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.Callable;
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
      EventSource source = RandomSource.open(settings.dataFile(), settings.beats(), new Random());
      return run(settings, source);
    } catch (SourceException | SpoolException e) {
      throw new CommandException(ExitCodes.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
  }

  private int run(PropagatorSettings settings, EventSource source) throws InterruptedException {
    SpoolFolder folder = SpoolFolder.make(settings.spoolDir());
    var work =
        limit == null
            ? new SpoolRun.Work(folder, source, Long.MAX_VALUE, null)
            : new SpoolRun.Work(folder, source, limit, _ -> {});
    return new SpoolRun(settings, Clock.systemUTC()).run(work, this::tell);
  }

  private int tell(SpoolRun.End end) {
    switch (end) {
      case SpoolRun.End.Done(var books) -> spec.commandLine().getOut().println(BooksLine.of(books));
      case SpoolRun.End.Stopped(var books) -> LOG.info("stopped; {}", BooksLine.of(books));
    }
    return ExitCodes.OK;
  }
}
