package io.messagerelay.propagator.spool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Touches a file as long as steps are made, so that a supervisor can tell a process that works from
 * one that hangs. Shared by threads.
 */
public final class Heartbeat {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  private final Path file;
  private final Clock clock;

  @GuardedBy("this")
  private @Nullable Instant last;

  @GuardedBy("this")
  private boolean failing;

  public Heartbeat(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  /** A step was made. Touches the file once in each second; says once when it cannot. */
  public synchronized void beat() {
    Instant now = clock.instant();
    if (last != null && now.getEpochSecond() == last.getEpochSecond()) {
      return;
    }
    last = now;
    try {
      touch(now);
      failing = false;
    } catch (IOException e) {
      warnOnce(e);
    }
  }

  /** When a step was made last, to the second; empty before the first. */
  public synchronized Optional<Instant> last() {
    return Optional.ofNullable(last);
  }

  private void touch(Instant now) throws IOException {
    if (Files.notExists(file)) {
      Files.createFile(file, SpoolFolder.forOwner());
    }
    Files.setLastModifiedTime(file, FileTime.from(now));
  }

  @GuardedBy("this")
  private void warnOnce(IOException cause) {
    if (!failing) {
      failing = true;
      LOG.warn("the heartbeat {} cannot be written: {}", file, cause.toString());
    }
  }
}
