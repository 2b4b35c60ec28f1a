package io.messagerelay.propagator.spool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps in a small file what delivery fails of, at most once a second, so that {@code status} can
 * tell it. A crash leaves the note before or the note after. Shared by threads.
 */
public final class ErrorFile implements ErrorNote {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorFile.class);

  private final Path file;
  private final Clock clock;

  @GuardedBy("this")
  private @Nullable Instant written;

  /** Until this run has found out, the note of an earlier one may say so. */
  @GuardedBy("this")
  private boolean failing = true;

  @GuardedBy("this")
  private boolean unwritable;

  public ErrorFile(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  @Override
  public synchronized void failing(String cause) {
    Instant now = clock.instant();
    failing = true;
    if (written == null || written.getEpochSecond() != now.getEpochSecond()) {
      written = now;
      write(new LastError(now, cause, Optional.empty()));
    }
  }

  @Override
  public synchronized void over() {
    if (failing) {
      failing = false;
      written = null;
      read(file)
          .filter(last -> last.over().isEmpty())
          .ifPresent(
              last -> write(new LastError(last.at(), last.cause(), Optional.of(clock.instant()))));
    }
  }

  static Optional<LastError> read(Path file) {
    try {
      return LastError.of(Files.readAllBytes(file));
    } catch (IOException e) {
      return Optional.empty(); // none yet, or not for this user; status says more than this
    }
  }

  private synchronized void write(LastError error) {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(next);
      try (var channel =
          Files.newByteChannel(
              next,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              SpoolFolder.forOwner())) {
        channel.write(ByteBuffer.wrap(error.json()));
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      unwritable = false;
    } catch (IOException e) {
      if (!unwritable) {
        unwritable = true;
        LOG.warn("the last error cannot be kept in {}: {}", file, e.toString());
      }
    }
  }
}
