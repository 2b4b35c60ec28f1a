package io.messagerelay.propagator.spool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps in a small file at what pace its runner delivers, so that {@code status} can tell it. It is
 * there as long as the runner works; what a crash leaves is removed by the next one. Shared by
 * threads.
 */
public final class PaceFile implements AutoCloseable {
  private final NoteFile note;

  @GuardedBy("this")
  private @Nullable Pacing kept;

  private PaceFile(NoteFile note) {
    this.note = note;
  }

  /** For the runner of the folder; nothing is known of its pace yet. */
  public static PaceFile open(Path file) {
    var note = new NoteFile(file, "the pace");
    note.remove();
    return new PaceFile(note);
  }

  /** Written only when it has changed. */
  public synchronized void keep(Pacing pacing) {
    if (!pacing.equals(kept)) {
      kept = pacing;
      note.write(pacing.members());
    }
  }

  /** What it was when it was kept last; empty before that. */
  public synchronized Optional<Pacing> last() {
    return Optional.ofNullable(kept);
  }

  @Override
  public void close() {
    note.remove();
  }

  static Optional<Pacing> read(Path file) {
    return Pacing.of(NoteFile.read(file));
  }
}
