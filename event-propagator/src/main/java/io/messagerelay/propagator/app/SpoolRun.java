package io.messagerelay.propagator.app;

import io.messagerelay.base.AotCache;
import io.messagerelay.base.CommandException;
import io.messagerelay.base.ExitCodes;
import io.messagerelay.base.trace.OtlpSpans;
import io.messagerelay.base.trace.Spans;
import io.messagerelay.propagator.app.spools.NamedSpool;
import io.messagerelay.propagator.auth.Exchange;
import io.messagerelay.propagator.delivery.Acknowledge;
import io.messagerelay.propagator.delivery.RelayReport;
import io.messagerelay.propagator.management.ManagementServer;
import io.messagerelay.propagator.management.Vitals;
import io.messagerelay.propagator.source.EventSource;
import io.messagerelay.propagator.spool.Books;
import io.messagerelay.propagator.spool.ErrorFile;
import io.messagerelay.propagator.spool.Heartbeat;
import io.messagerelay.propagator.spool.Lanes;
import io.messagerelay.propagator.spool.PaceFile;
import io.messagerelay.propagator.spool.RunnerLock;
import io.messagerelay.propagator.spool.Spool;
import io.messagerelay.propagator.spool.SpoolException;
import io.messagerelay.propagator.spool.SpoolFolder;
import io.messagerelay.propagator.spool.SpoolInUseException;
import io.messagerelay.propagator.spool.SpoolOnlooker;
import io.messagerelay.propagator.spool.SqliteSpool;
import io.messagerelay.propagator.trace.EventTraces;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Relays from a source through a spool as the one runner on it, until a signal asks for the end or
 * until all that the source will ever have is delivered or dead. Once only.
 */
final class SpoolRun {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolRun.class);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  /** How much longer than a request the loops may take for a step; as {@code bin/is-beating}. */
  private static final Duration BEYOND_A_REQUEST = Duration.ofSeconds(15);

  /** How a run came to its end. */
  sealed interface End {

    /** What the spool holds then. */
    Books books();

    /** The source has no more, and nothing waits. */
    record Done(Books books) implements End {}

    /** A signal came first. */
    record Stopped(Books books) implements End {}
  }

  private final PropagatorSettings settings;
  private final Clock clock;
  private final Ending ending;
  private final ManagementPort port;

  private SpoolRun(PropagatorSettings settings, Clock clock, Ending ending, ManagementPort port) {
    this.settings = settings;
    this.clock = clock;
    this.ending = ending;
    this.port = port;
  }

  /** The service's, which others watch. */
  static SpoolRun ofService(PropagatorSettings settings, Clock clock) {
    return new SpoolRun(settings, clock, new Ending(), ManagementPort.REQUIRED);
  }

  /** One that may stand beside the service's. */
  static SpoolRun beside(PropagatorSettings settings, Clock clock) {
    return oneOf(settings, clock, new Ending());
  }

  /** The same, of several that end together. */
  static SpoolRun oneOf(PropagatorSettings settings, Clock clock, Ending ending) {
    return new SpoolRun(settings, clock, ending, ManagementPort.WANTED);
  }

  /**
   * What is relayed.
   *
   * @param folder of the spool
   * @param limit how many items the spool's books may say were taken in all
   * @param progress told the books again and again, by the thread of the run; {@code null} for a
   *     run that no source and no limit can end
   */
  record Work(
      SpoolFolder folder, EventSource source, long limit, @Nullable Consumer<Books> progress) {}

  /**
   * Runs, and gives the exit code. Every way out says it to whom a signal has made wait.
   *
   * @param tell makes of the end a word to the person and the exit code; not called when the run
   *     died, which is logged here
   * @throws SpoolException when the spool cannot be opened
   * @throws CommandException when the management port that it must have is not to be had
   */
  int run(Work work, ToIntFunction<End> tell) throws InterruptedException {
    ending.onSignal();
    try {
      return ending.with(relay(work, tell));
    } catch (SpoolException e) {
      ending.with(exitCode(e));
      throw e;
    } catch (CommandException e) {
      ending.with(e.exitCode());
      throw e;
    } catch (RuntimeException | Error e) {
      ending.with(ExitCodes.SOFTWARE);
      throw e;
    }
  }

  /** With which a command ends that cannot open its spool. */
  static int exitCode(SpoolException e) {
    return e instanceof SpoolInUseException ? ExitCodes.TRY_AGAIN : ExitCodes.UNAVAILABLE;
  }

  /** As {@link #run}, for one who hears signals and says the exit code himself. */
  int relay(Work work, ToIntFunction<End> tell) throws InterruptedException {
    String name = NamedSpool.of(work.folder, settings.spoolDir()).name();
    try (var _ = RunnerLock.take(work.folder, ProcessHandle.current().pid());
        var management = port.open(settings, about(name));
        var spans = spans();
        var paceFile = PaceFile.open(work.folder.paceFile());
        var spool =
            SqliteSpool.open(
                work.folder.spoolFile(),
                new Lanes(settings.lanes()),
                settings.spoolLimits(),
                clock);
        var onlooker = new SpoolOnlooker(work.folder.spoolFile());
        var http = Exchange.open(CONNECT_TIMEOUT, settings.requestTimeout(), clock)) {
      var heartbeat = new Heartbeat(work.folder.heartbeatFile(), clock);
      var notes =
          new Propagator.Notes(
              heartbeat, new ErrorFile(work.folder.lastErrorFile(), clock), paceFile);
      var world =
          new Propagator.World(
              work.source,
              spool,
              http,
              notes,
              new AskedLog(work.folder, settings.log(), clock),
              report(name, onlooker),
              EventTraces.of(spans, clock),
              sender -> management.measured(EventTraces.recorded(sender, spans, clock)),
              clock);
      boolean done;
      try (var propagator = Propagator.of(settings, world, work.limit, ending)) {
        announce(work.source);
        propagator.start();
        management.begin(new Vitals(heartbeat, onlooker, paceFile, propagator::isPaused));
        done = awaitEnd(propagator, spool, work.progress);
      } catch (SpoolException e) {
        ending.dieOf(e); // a spool that failed says so to each of its users, in any order
        done = false;
      }
      Throwable death = ending.death();
      if (death != null) {
        return tellDeath(death);
      }
      Books books = spool.books();
      return tell.applyAsInt(done ? new End.Done(books) : new End.Stopped(books));
    }
  }

  private Spans spans() {
    return settings
        .traces()
        .map(
            collector -> {
              LOG.info("traces go to {}", collector.endpoint());
              return OtlpSpans.open(collector, System::nanoTime);
            })
        .orElse(Spans.NONE);
  }

  private ManagementServer.About about(String spool) {
    return new ManagementServer.About(
        spool,
        settings.spoolLimits().maxBytes(),
        settings.requestTimeout().plus(BEYOND_A_REQUEST),
        ending::isAsked,
        clock,
        System::nanoTime);
  }

  /** A receiver that is not event-consumer does not know it, nor need it know this machine. */
  private Supplier<Optional<String>> report(String spool, SpoolOnlooker onlooker) {
    return settings.reports() && settings.acknowledge() == Acknowledge.ID
        ? new RelayReport(Machine.name() + "/" + spool, onlooker::look, clock, System::nanoTime)
        : Optional::empty;
  }

  private void announce(EventSource source) {
    LOG.info("relaying from {} to {} ({})", source.name(), settings.events(), AotCache.ofThisJvm());
    if (settings.acknowledge() == Acknowledge.STATUS) {
      LOG.info(
          "ACKNOWLEDGE=status: any 2xx counts as stored, so the promise to this receiver is"
              + " at-least-once");
    }
  }

  /** Only a run that can end by itself looks now and then. True when it did. */
  private boolean awaitEnd(Propagator propagator, Spool spool, @Nullable Consumer<Books> progress)
      throws InterruptedException {
    Duration pause = progress == null ? Duration.ofDays(1) : LOOK_EVERY;
    while (!ending.await(pause)) {
      if (progress != null) {
        boolean exhausted = propagator.isExhausted(); // first, or its last items would be missed
        Books books = spool.books();
        progress.accept(books);
        if (exhausted && books.pending() == 0) {
          return true;
        }
      }
    }
    return false;
  }

  private static int tellDeath(Throwable death) {
    if (death instanceof SpoolException) {
      LOG.error("{}", death.getMessage());
      return ExitCodes.UNAVAILABLE;
    }
    LOG.error("a fault of this program; nothing is lost: start it again, and report this", death);
    return ExitCodes.SOFTWARE;
  }
}
