package io.messagerelay.propagator.source.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.messagerelay.propagator.source.EventSource;
import io.messagerelay.propagator.source.Polled;
import io.messagerelay.propagator.source.SourceException;
import io.messagerelay.propagator.source.SourceItem;
import io.messagerelay.propagator.source.file.FollowedFile.Found.Lines;
import io.messagerelay.propagator.source.file.FollowedFile.Found.Truncated;
import io.messagerelay.propagator.source.file.Siblings.Named;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows a file that grows, one event a line, as {@code tail -F} does: through rotation by rename
 * and by truncation, and over restarts of this process. It never ends.
 *
 * <pre>
 *   nowhere ──the file appears──▶ at a line ──the name has another file, this one is read──▶ at line 1 of that one
 *                                  │      ▲ └──it is shorter, or its first line is another one──▶ at line 1, generation + 1
 *                                  └──────┘ lines
 * </pre>
 *
 * <p>Where it stands is in the progress alone ({@link FollowPosition}), which is saved with the
 * lines: after a crash they are read again and get the same ids. The open file is merely kept at
 * hand.
 */
public final class FollowSource implements EventSource, AutoCloseable {
  /** A writer that still has the old file open after a rotation has so long to write into it. */
  static final Duration GRACE = Duration.ofSeconds(3);

  static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private static final int NAME_DIGITS = 12;

  private final Path path;
  private final boolean fromEnd;
  private final Siblings siblings;
  private final FollowLog log;
  private final LongSupplier nanoTime;

  private @Nullable FollowedFile open;
  private Duration pause = SHORTEST_PAUSE;

  /**
   * @param path need not be there yet
   * @param fromEnd whether to begin behind what is in it, the first time
   * @param nanoTime monotonic nanoseconds
   */
  public FollowSource(Path path, boolean fromEnd, LongSupplier nanoTime) {
    this.path = path;
    this.fromEnd = fromEnd;
    this.siblings = new Siblings(path);
    this.log = new FollowLog(path);
    this.nanoTime = nanoTime;
  }

  /** What the spool's folder is called: one for each path, wherever it is typed. */
  public String spoolName() {
    String whole = path.toAbsolutePath().normalize().toString();
    return "follow-" + FollowPosition.fingerprint(whole.getBytes(UTF_8)).substring(0, NAME_DIGITS);
  }

  @Override
  public String name() {
    return String.valueOf(path.getFileName());
  }

  @Override
  public Polled poll(@Nullable String progress, int atMost) throws SourceException {
    try {
      return progress == null ? begin(atMost) : goOn(FollowPosition.parse(progress), atMost);
    } catch (NoSuchFileException renamedMeanwhile) {
      return new Polled(List.of(), null, SHORTEST_PAUSE);
    } catch (IOException e) {
      close();
      throw new SourceException("%s: %s".formatted(path, reason(e)), e);
    }
  }

  private static String reason(IOException cause) {
    return cause instanceof AccessDeniedException
        ? "permission denied"
        : String.valueOf(cause.getMessage());
  }

  /** Where it begins is saved also when there is no line yet. */
  private Polled begin(int atMost) throws IOException {
    Optional<Named> current = siblings.current();
    if (current.isEmpty()) {
      log.awaited();
      return moved(List.of(), FollowPosition.NOWHERE);
    }
    FollowPosition at =
        fromEnd ? endOf(current.get()) : FollowPosition.start(current.get().stamp());
    Polled first = goOn(at, atMost);
    return first.progress() == null ? moved(List.of(), at) : first;
  }

  private FollowPosition endOf(Named found) throws IOException {
    try (FollowedFile file = FollowedFile.open(found, name(), nanoTime)) {
      return file.end();
    }
  }

  private Polled goOn(FollowPosition at, int atMost) throws IOException {
    if (at.equals(FollowPosition.NOWHERE)) {
      return beginWith(siblings.current());
    }
    Optional<FollowedFile> file = find(at);
    if (file.isEmpty()) {
      return lost(at);
    }
    return switch (file.get().read(at, atMost)) {
      case Truncated _ -> {
        log.truncated(at);
        yield moved(List.of(), at.anew());
      }
      case Lines lines when lines.isBeyond(at) -> lines(lines);
      case Lines none when none.isEnd() -> ended(at, file.get());
      case Lines _ -> new Polled(List.of(), null, Duration.ZERO);
    };
  }

  private Optional<FollowedFile> find(FollowPosition at) throws IOException {
    if (open != null && open.stamp().isSame(at.file())) {
      return Optional.of(open);
    }
    close();
    Optional<Named> found = siblings.find(at.file());
    if (found.isPresent()) {
      open = FollowedFile.open(found.get(), name(), nanoTime);
      log.opened(found.get().path(), at);
    }
    return Optional.ofNullable(open);
  }

  private Polled lines(Lines lines) {
    pause = SHORTEST_PAUSE;
    return new Polled(lines.items(), lines.next().text(), lines.isEnd() ? idle() : Duration.ZERO);
  }

  /** There are no more whole lines in it now. */
  private Polled ended(FollowPosition at, FollowedFile file) throws IOException {
    if (siblings.current().filter(named -> named.stamp().isSame(at.file())).isPresent()) {
      return nothing();
    }
    Optional<Named> next = siblings.after(at.file());
    if (next.isEmpty()) {
      log.awaited();
      return nothing();
    }
    if (!file.isQuiet(GRACE)) {
      return nothing();
    }
    List<SourceItem> rest = file.rest(at).stream().toList();
    close();
    log.rotated();
    return moved(rest, FollowPosition.start(next.get().stamp()));
  }

  private Polled lost(FollowPosition at) throws IOException {
    Optional<Named> next = siblings.after(at.file());
    if (next.isPresent()) {
      log.lost(at, siblings.compressed());
    }
    return beginWith(next);
  }

  private Polled beginWith(Optional<Named> file) {
    if (file.isEmpty()) {
      log.awaited();
      return nothing();
    }
    return moved(List.of(), FollowPosition.start(file.get().stamp()));
  }

  private static Polled moved(List<SourceItem> items, FollowPosition to) {
    return new Polled(items, to.text(), Duration.ZERO);
  }

  private Polled nothing() {
    return new Polled(List.of(), null, idle());
  }

  private Duration idle() {
    Duration now = pause;
    pause = Collections.min(List.of(pause.multipliedBy(2), LONGEST_PAUSE));
    return now;
  }

  /** Lets go of the open file; the next poll would open it again. */
  @Override
  public void close() {
    if (open != null) {
      FollowedFile closing = open;
      open = null;
      closing.close();
    }
  }
}
