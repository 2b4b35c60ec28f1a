package io.messagerelay.propagator.spool;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteOpenMode;

/** How the spool's file is connected to. */
final class SpoolConnection {
  private static final int BUSY_WRITING_MILLIS = 30_000;
  private static final int BUSY_READING_MILLIS = 1_000;
  private static final int BUSY_CHANGING_MILLIS = 5_000;
  private static final int JOURNAL_BYTES = 64 * 1024 * 1024;

  /** Events come and go; the longer the log, the more of them never reach the file. 16 MiB. */
  private static final int LOG_PAGES = 4_000;

  private SpoolConnection() {}

  /** For the one runner. */
  static Connection toWrite(Path path) throws SQLException {
    return withLongLog(durable(BUSY_WRITING_MILLIS).createConnection(url(path)));
  }

  private static Connection withLongLog(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_autocheckpoint = " + LOG_PAGES);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** For a command that changes what is there, beside the runner too; makes no spool. */
  static Connection toChange(Path path) throws SQLException {
    SQLiteConfig config = durable(BUSY_CHANGING_MILLIS);
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    return config.createConnection(url(path));
  }

  private static SQLiteConfig durable(int busyMillis) {
    var config = new SQLiteConfig();
    config.setSynchronous(SynchronousMode.FULL);
    config.setJournalSizeLimit(JOURNAL_BYTES);
    config.setBusyTimeout(busyMillis);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY); // copies of pages, to undo a statement
    return config;
  }

  /**
   * For onlookers, beside the runner too; makes no file. A spool without a log is closed, and is
   * read as it stands: SQLite would make a log for it.
   */
  static Connection toRead(Path path) throws SQLException {
    return reading().createConnection(url(path) + (hasLog(path) ? "" : "?immutable=1"));
  }

  /** For an onlooker beside a runner that has it open for as long as this. */
  static Connection besideRunner(Path path) throws SQLException {
    return reading().createConnection(url(path));
  }

  private static SQLiteConfig reading() {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_READING_MILLIS);
    return config;
  }

  /** Whether somebody has it open, or was killed while he had. */
  static boolean hasLog(Path path) {
    return Files.exists(log(path));
  }

  /** What the spool takes on disk, its log included. */
  static long bytes(Path path) {
    return path.toFile().length() + logBytes(path);
  }

  /** What its log takes; 0 when there is none. */
  static long logBytes(Path path) {
    return log(path).toFile().length();
  }

  private static String url(Path path) {
    return "jdbc:sqlite:" + path.toAbsolutePath().toUri();
  }

  private static Path log(Path path) {
    return path.resolveSibling(path.getFileName() + "-wal");
  }
}
