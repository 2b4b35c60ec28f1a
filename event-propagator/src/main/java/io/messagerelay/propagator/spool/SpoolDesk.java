package io.messagerelay.propagator.spool;

import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Where a person looks into a spool and changes it, beside its runner or without one, on a
 * connection of its own. A change moves entries and their books in the same transaction, at most
 * 500 and some MiB in each; a crash at any moment leaves the books balanced. Used by one thread;
 * closed by whoever opened it.
 */
public final class SpoolDesk implements AutoCloseable {
  private static final String BURIED = "buried by hand";

  private final SpoolFile file;
  private final Moves moves;

  private SpoolDesk(SpoolFile file, Moves moves) {
    this.file = file;
    this.moves = moves;
  }

  /**
   * To look only; makes and changes nothing.
   *
   * @throws SpoolException when the file cannot be read, is no spool or is of another version
   */
  public static SpoolDesk toRead(SpoolFolder folder) {
    SpoolFile file = SpoolFile.openToRead(folder.spoolFile());
    return new SpoolDesk(file, new Moves(file, () -> {}));
  }

  /**
   * To change it.
   *
   * @param between is run between two transactions, and gives the runner its turn
   * @throws SpoolException when the file cannot be written, is no spool or is of another version
   */
  public static SpoolDesk toChange(SpoolFolder folder, Runnable between) {
    requireWritable(folder.path());
    requireWritable(folder.spoolFile());
    SpoolFile file = SpoolFile.openToChange(folder.spoolFile());
    return new SpoolDesk(file, new Moves(file, between));
  }

  private static void requireWritable(Path path) {
    if (!Files.isWritable(path)) {
      throw SpoolFolder.unusable(path, new AccessDeniedException(path.toString()));
    }
  }

  /**
   * Looks at all of a spool; changes nothing.
   *
   * @throws SpoolException when the file cannot be read, is no spool or is of another version
   */
  public static Audit audit(SpoolFolder folder) {
    boolean closed = !SpoolConnection.hasLog(folder.spoolFile());
    Audit audit = auditOnce(folder);
    // A closed file is read as it stands, and a runner that came meanwhile has changed it.
    boolean opened = closed && SpoolConnection.hasLog(folder.spoolFile());
    return opened ? auditOnce(folder) : audit;
  }

  private static Audit auditOnce(SpoolFolder folder) {
    try (SpoolFile file = SpoolFile.openToRead(folder.spoolFile())) {
      return new Auditor(file).audit();
    } catch (SpoolException e) {
      if (!isBusy(e) && e.getCause() instanceof SQLiteException) {
        return new Audit(0, 0, 0, List.of(String.valueOf(e.getMessage())));
      }
      throw e;
    }
  }

  public Books books() {
    return new BooksRow(file).read();
  }

  /** Those that are there now, each window of them read when it is reached. */
  public Stream<Entry> oldestFirst(Shelf shelf, Selection wanted) {
    return new Entries(file, shelf, wanted).oldestFirst();
  }

  public Stream<Entry> newestFirst(Shelf shelf, Selection wanted) {
    return new Entries(file, shelf, wanted).newestFirst();
  }

  /** Empty when the entry is there no more. */
  public Optional<byte[]> body(Shelf shelf, long seq) {
    return file.read(
        "SELECT body FROM %s WHERE seq = ?".formatted(shelf.table()),
        row -> row.next() ? Optional.of(row.getBytes(1)) : Optional.empty(),
        seq);
  }

  /**
   * Puts dead letters back into the spool, under their ids, behind everything that waits and as if
   * they had never been tried. Those without an id stay. Returns how many were moved.
   *
   * @throws SpoolBusyException when the file is in use for too long
   */
  public long resend(Selection wanted) {
    return changed(() -> moves.resend(oldestFirst(Shelf.DEAD_LETTERS, wanted)));
  }

  /** Throws dead letters away; as {@link #resend}. */
  public long discard(Selection wanted) {
    return changed(() -> moves.discard(oldestFirst(Shelf.DEAD_LETTERS, wanted)));
  }

  /**
   * Makes dead letters of events that wait; as {@link #resend}. One that is under way may be stored
   * all the same.
   *
   * @param now when they die
   * @param note why, besides that a person did it
   */
  public long bury(Selection wanted, Instant now, Optional<String> note) {
    var reasons = new ArrayList<>(List.of(BURIED));
    note.ifPresent(reasons::add);
    return changed(() -> moves.bury(oldestFirst(Shelf.PENDING, wanted), now, reasons));
  }

  private long changed(LongSupplier change) {
    try {
      return change.getAsLong();
    } catch (SpoolException e) {
      throw isBusy(e) ? busy(e) : e;
    }
  }

  private static boolean isBusy(SpoolException e) {
    return e.getCause() instanceof SQLiteException cause
        && (cause.getResultCode().code & 0xff) == SQLiteErrorCode.SQLITE_BUSY.code;
  }

  private SpoolBusyException busy(SpoolException cause) {
    return new SpoolBusyException(
        "the spool %s is in use; what is done is done: try again".formatted(file.path()), cause);
  }

  @Override
  public void close() {
    file.close();
  }
}
