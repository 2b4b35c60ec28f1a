package io.messagerelay.propagator.app;

import io.messagerelay.base.CommandException;
import io.messagerelay.base.ExitCodes;
import io.messagerelay.propagator.source.file.FollowSource;
import io.messagerelay.propagator.spool.SpoolException;
import io.messagerelay.propagator.spool.SpoolFolder;
import io.messagerelay.propagator.spool.SpoolInUseException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code event-propagator follow FILE}: relays each line of a growing file, through a spool of its
 * own, until it is told to stop.
 */
@Command(
    name = "follow",
    description =
        "Relays each line that is written to FILE as an event, until it is stopped. Goes on where it"
            + " was, also when FILE was rotated meanwhile.",
    mixinStandardHelpOptions = true)
final class FollowCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(FollowCommand.class);

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(
      paramLabel = "FILE",
      description = "A file of JSON objects, one a line. It need not be there yet.")
  private Path file;

  @Option(
      names = "--from-end",
      description = "Begins behind what is in FILE now, when it was never followed before.")
  private boolean fromEnd;

  @Override
  public Integer call() throws InterruptedException {
    PropagatorSettings.Read read = PropagatorSettings.read();
    PropagatorSettings settings = read.settings();
    LogOutput.configure(settings.log());
    read.warnings().forEach(LOG::warn);
    requireReadable();
    try (var source = new FollowSource(file, fromEnd, System::nanoTime)) {
      SpoolFolder folder = SpoolFolder.make(settings.spoolDir().resolve(source.spoolName()));
      return SpoolRun.beside(settings, Clock.systemUTC())
          .run(new SpoolRun.Work(folder, source, Long.MAX_VALUE, null), FollowCommand::tell);
    } catch (SpoolInUseException e) {
      throw new CommandException(
          SpoolRun.exitCode(e), "%s is followed already: %s".formatted(file, e.getMessage()));
    } catch (SpoolException e) {
      throw new CommandException(SpoolRun.exitCode(e), String.valueOf(e.getMessage()));
    }
  }

  /** What only a person can change is said at once; what may change by itself is waited for. */
  private void requireReadable() {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new CommandException(
          ExitCodes.UNAVAILABLE, file + ": it is a folder, a device or a pipe; expected a file");
    }
    if (Files.exists(file) && !Files.isReadable(file)) {
      throw new CommandException(ExitCodes.NO_PERMISSION, file + ": permission denied");
    }
  }

  private static int tell(SpoolRun.End end) {
    LOG.info("stopped; {}", BooksLine.of(end.books()));
    return ExitCodes.OK;
  }
}
