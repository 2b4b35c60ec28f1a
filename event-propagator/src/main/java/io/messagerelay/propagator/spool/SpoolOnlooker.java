package io.messagerelay.propagator.spool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a spool in its runner's process, over a connection of its own that is opened by the
 * first look: neither waits for the other. A look is one short statement, so that it is of one
 * moment and holds no log. Shared by threads; closed before the spool is.
 */
public final class SpoolOnlooker implements AutoCloseable {
  private static final String LOOK =
      "SELECT taken, delivered, duplicate, dead, discarded, pending, bytes,"
          + " (SELECT count(*) FROM set_aside),"
          + " (SELECT taken FROM spooled ORDER BY seq LIMIT 1) FROM books";

  private final Path path;

  @GuardedBy("this")
  private @Nullable SpoolFile file;

  @GuardedBy("this")
  private boolean closed;

  /**
   * @param path of a spool that is open
   */
  public SpoolOnlooker(Path path) {
    this.path = path;
  }

  /**
   * What it holds now.
   *
   * @throws SpoolException when it cannot be read; the next look tries again
   */
  public synchronized SpoolHolding look() {
    if (closed) {
      throw new SpoolException("the spool %s is closed".formatted(path));
    }
    try {
      return opened().read(LOOK, this::holding);
    } catch (SpoolException e) {
      closeFile(); // it has failed once and answers nothing more
      throw e;
    }
  }

  @GuardedBy("this")
  private SpoolFile opened() {
    SpoolFile opened = file == null ? SpoolFile.openBesideRunner(path) : file;
    file = opened;
    return opened;
  }

  private SpoolHolding holding(ResultSet row) throws SQLException {
    Optional<Instant> oldest =
        row.getObject(9) == null ? Optional.empty() : Optional.of(SpoolRows.instant(row, 9));
    return new SpoolHolding(
        SpoolRows.books(row), row.getLong(8), oldest, SpoolConnection.logBytes(path));
  }

  @Override
  public synchronized void close() {
    closed = true;
    closeFile();
  }

  @GuardedBy("this")
  private void closeFile() {
    if (file != null) {
      file.close();
      file = null;
    }
  }
}
