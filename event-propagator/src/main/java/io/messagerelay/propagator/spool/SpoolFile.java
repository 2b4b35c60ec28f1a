package io.messagerelay.propagator.spool;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The spool's SQLite file: one connection behind a fair lock, because two that write starve each
 * other. A commit is flushed before it returns ({@code synchronous=FULL}). The first failure is
 * final: a flush that failed once may seem to succeed the next time although the data is gone.
 */
final class SpoolFile implements AutoCloseable {
  private final Path path;
  private final Connection connection;
  private final ReentrantLock lock = new ReentrantLock(true);
  // Both guarded by lock; said in words, because the work that runs under it comes as lambdas.
  private final Map<String, PreparedStatement> prepared = new HashMap<>();
  private @Nullable String refusal;

  private SpoolFile(Path path, Connection connection) {
    this.path = path;
    this.connection = connection;
  }

  /** Opens the file, readable by its owner alone, and makes a new one where there is none. */
  static SpoolFile open(Path path, Lanes lanes) {
    try {
      createForOwner(path);
      var file = new SpoolFile(path, SpoolConnection.toWrite(path));
      file.bringUp(lanes);
      return file;
    } catch (IOException | SQLException e) {
      throw SpoolFault.cannotOpen(path, e);
    }
  }

  /** Opens what is there to read it, beside a runner too. */
  static SpoolFile openToRead(Path path) {
    return openAsItIs(path, SpoolConnection::toRead, SpoolSchema::requireCurrent);
  }

  /** Opens what a runner has open for as long as this, to read it again and again. */
  static SpoolFile openBesideRunner(Path path) {
    return openAsItIs(path, SpoolConnection::besideRunner, SpoolSchema::requireCurrent);
  }

  /** Opens what is there to change entries, beside a runner too. */
  static SpoolFile openToChange(Path path) {
    return openAsItIs(path, SpoolConnection::toChange, SpoolSchema::requireCurrent);
  }

  /**
   * Opens what is there, of an earlier version too, to copy it beside a runner. Not as a reader:
   * one that reads a closed file as it stands does not see a runner come.
   */
  static SpoolFile openToCopy(Path path) {
    return openAsItIs(path, SpoolConnection::toChange, SpoolSchema::requireSpool);
  }

  /** Opens what nobody uses, of an earlier version too. */
  static SpoolFile openBackup(Path path) {
    return openAsItIs(path, SpoolConnection::toRead, SpoolSchema::requireSpool);
  }

  private static SpoolFile openAsItIs(Path path, Opening opening, Demand demand) {
    try {
      var file = new SpoolFile(path, opening.of(path));
      file.require(demand);
      return file;
    } catch (SQLException e) {
      throw SpoolFault.cannotRead(path, e);
    }
  }

  private void require(Demand demand) {
    try {
      locked(
          () -> {
            demand.of(this);
            return path;
          });
    } catch (SpoolException e) {
      close();
      throw e.getCause() instanceof SQLException cause ? SpoolFault.cannotRead(path, cause) : e;
    }
  }

  Path path() {
    return path;
  }

  /** Reads and writes in one transaction; what it throws undoes it and is the spool's end. */
  <T> T inTransaction(Work<T> work) {
    return locked(
        () -> {
          update("BEGIN IMMEDIATE");
          T result = work.run();
          update("COMMIT");
          return result;
        });
  }

  /** Reads with one statement; a transaction is not needed for that. */
  <T> T read(String sql, Reader<T> reader, @Nullable Object... values) {
    return locked(() -> query(sql, reader, values));
  }

  /** Only inside a transaction, like all that follow. Returns the number of rows. */
  int update(String sql, @Nullable Object... values) throws SQLException {
    return bind(sql, values).executeUpdate();
  }

  <T> T query(String sql, Reader<T> reader, @Nullable Object... values) throws SQLException {
    try (ResultSet rows = bind(sql, values).executeQuery()) {
      return reader.read(rows);
    }
  }

  /**
   * Fills a file that is there and empty with all of this one as it is at one moment. A runner goes
   * on meanwhile; its log grows by what it writes. Flushes nothing.
   */
  void copyTo(Path copy) {
    locked(() -> update("VACUUM INTO ?", copy.toAbsolutePath().toString()));
  }

  /** For several statements, and for those that are never repeated. */
  int script(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      refusal = "is closed";
      connection.close();
    } catch (SQLException e) {
      throw new SpoolException("the spool %s cannot be closed".formatted(path), e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Changes nothing, not even the journal, before the file has proved to be ours. The log that a
   * crash left is copied into the file and flushed first: it may end in a commit whose flush
   * failed, and what is written behind one that never reached the disk is lost with it.
   */
  private void bringUp(Lanes lanes) {
    try {
      locked(
          () -> {
            SpoolSchema.requireOurs(this);
            script("PRAGMA journal_mode = WAL");
            return script("PRAGMA wal_checkpoint");
          });
      inTransaction(
          () -> {
            SpoolSchema.bringUp(this);
            Attempts.countAll(this);
            return SpoolSchema.layLanes(this, lanes);
          });
    } catch (SpoolException e) {
      close();
      throw e.getCause() instanceof SQLException cause ? SpoolFault.cannotOpen(path, cause) : e;
    }
  }

  private <T> T locked(Work<T> work) {
    lock.lock();
    try {
      if (refusal != null) {
        throw new SpoolException("the spool %s %s".formatted(path, refusal));
      }
      return endingAtFailure(work);
    } finally {
      lock.unlock();
    }
  }

  private <T> T endingAtFailure(Work<T> work) {
    try {
      return work.run();
    } catch (SQLException e) {
      refusal = "failed: %s; see to the disk and start again".formatted(e.getMessage());
      throw new SpoolException("the spool %s %s".formatted(path, refusal), e);
    } catch (RuntimeException e) {
      refusal = "failed: %s".formatted(e);
      throw e;
    }
  }

  private PreparedStatement bind(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  private static void createForOwner(Path path) throws IOException {
    try {
      Files.createFile(path, SpoolFolder.forOwner());
    } catch (FileAlreadyExistsException e) {
      // The spool of an earlier run.
    }
  }

  @FunctionalInterface
  private interface Opening {
    Connection of(Path path) throws SQLException;
  }

  @FunctionalInterface
  private interface Demand {
    void of(SpoolFile file) throws SQLException;
  }

  @FunctionalInterface
  interface Work<T> {
    T run() throws SQLException;
  }

  @FunctionalInterface
  interface Reader<T> {
    T read(ResultSet rows) throws SQLException;
  }
}
