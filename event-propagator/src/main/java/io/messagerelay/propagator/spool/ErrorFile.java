package io.messagerelay.propagator.spool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps in a small file what delivery fails of, at most once a second, so that {@code status} can
 * tell it. Shared by threads.
 */
public final class ErrorFile implements ErrorNote {
  private final Path file;
  private final NoteFile note;
  private final Clock clock;

  @GuardedBy("this")
  private @Nullable Instant written;

  /** Until this run has found out, the note of an earlier one may say so. */
  @GuardedBy("this")
  private boolean failing = true;

  public ErrorFile(Path file, Clock clock) {
    this.file = file;
    this.note = new NoteFile(file, "the last error");
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

  private void write(LastError error) {
    note.write(error.members());
  }

  static Optional<LastError> read(Path file) {
    return LastError.of(NoteFile.read(file));
  }
}
