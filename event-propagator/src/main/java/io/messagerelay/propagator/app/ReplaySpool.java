package io.messagerelay.propagator.app;

import io.messagerelay.propagator.source.file.ReplaySource;
import io.messagerelay.propagator.spool.Books;
import io.messagerelay.propagator.spool.Lanes;
import io.messagerelay.propagator.spool.RunnerLock;
import io.messagerelay.propagator.spool.SpoolFolder;
import io.messagerelay.propagator.spool.SpoolInUseException;
import io.messagerelay.propagator.spool.SqliteSpool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** The spool of one replay, in a folder of its own below SPOOL_DIR. */
final class ReplaySpool {
  private static final String SOURCE = "replay";

  private final PropagatorSettings settings;
  private final Path path;
  private final long limit;
  private final Clock clock;

  /**
   * @param limit how many items the replay takes in all
   */
  ReplaySpool(PropagatorSettings settings, String name, long limit, Clock clock) {
    this.settings = settings;
    this.path = settings.spoolDir().resolve(name);
    this.limit = limit;
    this.clock = clock;
  }

  /**
   * What is left of it.
   *
   * @param complete whether all was taken that there is
   */
  private record Left(Books books, boolean complete) {
    boolean isFinished() {
      return complete && books.pending() == 0;
    }

    boolean isEmpty() {
      return books.pending() == 0 && books.dead() == 0;
    }
  }

  String name() {
    return String.valueOf(path.getFileName());
  }

  /**
   * The folder to replay through: the one of a replay that was broken off, or an empty one. A
   * finished one is put aside with its dead letters, or removed when it has none.
   */
  SpoolFolder make() {
    SpoolFolder.make(settings.spoolDir());
    var folder = new SpoolFolder(path);
    if (Files.exists(folder.spoolFile())) {
      try (var _ = lock(folder)) {
        Left left = look(folder);
        if (left.isFinished()) {
          clear(folder, left);
        }
      }
    }
    return SpoolFolder.make(path);
  }

  /** Removes the spool of a replay that has ended, when nothing is left in it. */
  void clear() {
    var folder = new SpoolFolder(path);
    try (var _ = lock(folder)) {
      if (look(folder).isEmpty()) {
        folder.remove();
      }
    } catch (SpoolInUseException e) {
      // Another process replays the same again: it is theirs now.
    }
  }

  private static void clear(SpoolFolder folder, Left left) {
    if (left.isEmpty()) {
      folder.remove();
    } else {
      folder.putAside();
    }
  }

  private static RunnerLock lock(SpoolFolder folder) {
    return RunnerLock.take(folder, ProcessHandle.current().pid());
  }

  private Left look(SpoolFolder folder) {
    var lanes = new Lanes(settings.lanes());
    try (var spool = SqliteSpool.open(folder.spoolFile(), lanes, settings.spoolLimits(), clock)) {
      Books books = spool.books();
      boolean end = spool.progress(SOURCE).filter(ReplaySource::isEnd).isPresent();
      return new Left(books, end || books.taken() >= limit);
    }
  }
}
