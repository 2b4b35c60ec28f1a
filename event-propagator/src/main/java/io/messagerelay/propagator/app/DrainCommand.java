package io.messagerelay.propagator.app;

import io.messagerelay.base.CommandException;
import io.messagerelay.base.ExitCodes;
import io.messagerelay.base.Figures;
import io.messagerelay.base.JsonForm;
import io.messagerelay.base.LogFormat;
import io.messagerelay.base.LogSettings;
import io.messagerelay.propagator.app.spools.NamedSpool;
import io.messagerelay.propagator.app.spools.SpoolChoice;
import io.messagerelay.propagator.app.spools.SpoolFailures;
import io.messagerelay.propagator.loop.Step;
import io.messagerelay.propagator.source.EventSource;
import io.messagerelay.propagator.source.Polled;
import io.messagerelay.propagator.spool.Books;
import io.messagerelay.propagator.spool.Runner;
import io.messagerelay.propagator.spool.SpoolException;
import io.messagerelay.propagator.spool.SpoolStatus;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code event-propagator spool drain}: delivers what waits where nobody does, and ends. */
@Command(
    name = "drain",
    description =
        "Delivers what waits in the spools that nobody runs on, one after another, and ends.",
    mixinStandardHelpOptions = true)
final class DrainCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(DrainCommand.class);

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private SpoolChoice choice = new SpoolChoice();
  @Mixin private JsonForm form = new JsonForm();

  @Override
  public Integer call() throws InterruptedException {
    PropagatorSettings.Read read = PropagatorSettings.read();
    LogOutput.configure(log(read.settings().log()));
    read.warnings().forEach(LOG::warn);
    var ending = new Ending();
    ending.onSignal();
    try {
      return ending.with(drain(read.settings(), ending));
    } catch (SpoolException e) {
      throw ended(ending, SpoolFailures.told(e));
    } catch (CommandException e) {
      throw ended(ending, e);
    } catch (RuntimeException | Error e) {
      ending.with(ExitCodes.SOFTWARE);
      throw e;
    }
  }

  private static CommandException ended(Ending ending, CommandException told) {
    ending.with(told.exitCode());
    return told;
  }

  /** With --json whatever is printed is JSON. */
  private LogSettings log(LogSettings log) {
    return form.isJson() ? new LogSettings(LogFormat.JSON, log.level(), log.events()) : log;
  }

  private int drain(PropagatorSettings settings, Ending ending) throws InterruptedException {
    int worst = ExitCodes.OK;
    boolean some = false;
    for (NamedSpool spool : choice.of(settings.spoolDir())) {
      if (books(spool).pending() > 0) {
        some = true;
        Optional<Runner> runner = spool.folder().runner();
        int code = runner.isPresent() ? leave(spool, runner.get()) : drain(settings, ending, spool);
        if (code != ExitCodes.OK && code != ExitCodes.DEAD_LETTERS) {
          return code;
        }
        worst = Math.max(worst, code);
      }
    }
    if (!some && !form.isJson()) {
      out().println("nothing waits");
    }
    return worst;
  }

  private static Books books(NamedSpool spool) {
    return spool.folder().status().map(SpoolStatus::books).orElse(new Books(0, 0, 0, 0, 0, 0, 0));
  }

  private int leave(NamedSpool spool, Runner runner) {
    if (form.isJson()) {
      out().println(figures(spool, books(spool)).with("left_to", runner.toString()).json());
    } else {
      out().println("%s: left to %s".formatted(spool.name(), runner));
    }
    return ExitCodes.OK;
  }

  private int drain(PropagatorSettings settings, Ending ending, NamedSpool spool)
      throws InterruptedException {
    Books before = books(spool);
    var work =
        new SpoolRun.Work(
            spool.folder(), new NoSource("what waits in " + spool.name()), Long.MAX_VALUE, _ -> {});
    return SpoolRun.oneOf(settings, Clock.systemUTC(), ending)
        .relay(work, end -> tell(spool, before, end));
  }

  private int tell(NamedSpool spool, Books before, SpoolRun.End end) {
    Books books = end.books();
    out()
        .println(
            form.isJson()
                ? figures(spool, books).json()
                : spool.name() + ": " + BooksLine.of(books));
    out().flush();
    return switch (end) {
      case SpoolRun.End.Stopped _ -> ExitCodes.INTERRUPTED;
      case SpoolRun.End.Done _ ->
          books.dead() > before.dead() ? ExitCodes.DEAD_LETTERS : ExitCodes.OK;
    };
  }

  private static Figures figures(NamedSpool spool, Books books) {
    return BooksLine.with(new Figures().with("spool", spool.name()), books);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** A source that never has anything. */
  private record NoSource(String name) implements EventSource {
    @Override
    public Polled poll(@Nullable String progress, int atMost) {
      return new Polled(List.of(), null, Step.NEVER);
    }
  }
}
