package io.messagerelay.propagator.app;

import io.messagerelay.base.AotCache;
import io.messagerelay.base.ExitCodes;
import io.messagerelay.propagator.auth.Exchange;
import io.messagerelay.propagator.delivery.Acknowledge;
import io.messagerelay.propagator.source.EventSource;
import io.messagerelay.propagator.source.RandomSource;
import io.messagerelay.propagator.source.SourceException;
import io.messagerelay.propagator.spool.Books;
import io.messagerelay.propagator.spool.Heartbeat;
import io.messagerelay.propagator.spool.Lanes;
import io.messagerelay.propagator.spool.RunnerLock;
import io.messagerelay.propagator.spool.Spool;
import io.messagerelay.propagator.spool.SpoolException;
import io.messagerelay.propagator.spool.SpoolFolder;
import io.messagerelay.propagator.spool.SqliteSpool;
import java.time.Clock;
import java.time.Duration;
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
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

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
    return endOf(settings, new Ending());
  }

  /** Every way out of a run says its exit code to the ending, for which a signal waits. */
  private int endOf(PropagatorSettings settings, Ending ending) throws InterruptedException {
    ending.onSignal();
    try {
      return ending.with(run(settings, ending));
    } catch (SourceException | SpoolException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return ending.with(ExitCodes.UNAVAILABLE);
    } catch (RuntimeException | Error e) {
      ending.with(ExitCodes.SOFTWARE);
      throw e;
    }
  }

  private int run(PropagatorSettings settings, Ending ending)
      throws InterruptedException, SourceException {
    Clock clock = Clock.systemUTC();
    EventSource source =
        RandomSource.open(settings.dataFile(), settings.interval(), new Random(), System::nanoTime);
    SpoolFolder folder = SpoolFolder.make(settings.spoolDir());
    try (var _ = RunnerLock.take(folder, ProcessHandle.current().pid());
        var spool =
            SqliteSpool.open(
                folder.spoolFile(), new Lanes(settings.lanes()), settings.spoolMaxBytes(), clock);
        var http = Exchange.open(CONNECT_TIMEOUT, settings.requestTimeout(), clock)) {
      var heartbeat = new Heartbeat(folder.heartbeatFile(), clock);
      var world = new Propagator.World(source, spool, http, heartbeat, clock);
      try (var propagator = Propagator.of(settings, world, limit(), ending)) {
        announce(settings, source);
        propagator.start();
        awaitEnd(spool, ending);
      }
      return tell(spool, ending);
    }
  }

  private long limit() {
    return limit == null ? Long.MAX_VALUE : limit;
  }

  private static void announce(PropagatorSettings settings, EventSource source) {
    LOG.info("relaying from {} to {} ({})", source.name(), settings.events(), AotCache.ofThisJvm());
    if (settings.acknowledge() == Acknowledge.STATUS) {
      LOG.info(
          "ACKNOWLEDGE=status: any 2xx counts as stored, so the promise to this receiver is"
              + " at-least-once");
    }
  }

  /** Only a run with a limit can end by itself, so only that looks now and then. */
  private void awaitEnd(Spool spool, Ending ending) throws InterruptedException {
    Duration pause = limit == null ? Duration.ofDays(1) : LOOK_EVERY;
    while (!ending.await(pause)) {
      if (isDone(spool.books())) {
        return;
      }
    }
  }

  private boolean isDone(Books books) {
    return books.taken() >= limit() && books.pending() == 0;
  }

  private int tell(Spool spool, Ending ending) {
    Throwable death = ending.death();
    if (death instanceof SpoolException) {
      LOG.error("{}", death.getMessage());
      return ExitCodes.UNAVAILABLE;
    }
    if (death != null) {
      LOG.error("a fault of this program; nothing is lost: start it again, and report this", death);
      return ExitCodes.SOFTWARE;
    }
    Books books = spool.books();
    if (isDone(books)) {
      spec.commandLine().getOut().println(BooksLine.of(books));
    } else {
      LOG.info("stopped; {}", BooksLine.of(books));
    }
    return ExitCodes.OK;
  }
}
