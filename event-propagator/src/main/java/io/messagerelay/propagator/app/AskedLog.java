package io.messagerelay.propagator.app;

import io.messagerelay.base.LogSettings;
import io.messagerelay.propagator.loop.Step;
import io.messagerelay.propagator.spool.LogNote;
import io.messagerelay.propagator.spool.SpoolFolder;
import io.messagerelay.propagator.spool.WantedLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets this process log as {@code event-propagator log-level} has asked for, and as the settings
 * say again when the time is over. Also when the process is started anew meanwhile. Each change has
 * a line, whatever the level is before and after it. Run by one thread.
 */
final class AskedLog implements Step {
  private static final Logger LOG = LoggerFactory.getLogger(AskedLog.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final SpoolFolder folder;
  private final LogSettings usual;
  private final Clock clock;

  private LogNote found = new LogNote.None();
  private Optional<WantedLog> obeyed = Optional.empty();

  AskedLog(SpoolFolder folder, LogSettings usual, Clock clock) {
    this.folder = folder;
    this.usual = usual;
    this.clock = clock;
  }

  @Override
  public Duration run() {
    Instant now = clock.instant();
    Optional<WantedLog> wanted = wanted().filter(log -> log.until().isAfter(now));
    if (!wanted.equals(obeyed)) {
      obeyed = wanted;
      obey();
    }
    return LOOK_EVERY;
  }

  private Optional<WantedLog> wanted() {
    LogNote note = folder.logNote();
    if (!note.equals(found)) {
      found = note;
      if (note instanceof LogNote.Unread(var file, var owner, var reason)) {
        LOG.warn(
            "{} is not obeyed: it belongs to {} and cannot be read: {}; remove it, and run"
                + " event-propagator log-level as the user that this process runs as",
            file,
            owner,
            reason);
      }
    }
    return note instanceof LogNote.Wanted(var log) ? Optional.of(log) : Optional.empty();
  }

  private void obey() {
    if (obeyed.isPresent()) {
      WantedLog wanted = obeyed.get();
      LogOutput.show(wanted.level(), wanted.events() || usual.events());
      LOG.info(
          "the log is {}{}until {}",
          wanted.level(),
          wanted.events() ? " with events " : " ",
          wanted.until());
    } else {
      LogOutput.show(usual.level(), usual.events());
      LOG.info("the log is as set again: {}", usual.level());
    }
  }
}
