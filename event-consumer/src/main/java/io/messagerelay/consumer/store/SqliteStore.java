package io.messagerelay.consumer.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The embedded store: one SQLite file in WAL mode with {@code synchronous=FULL}, so a commit that
 * was answered survives the loss of power.
 *
 * <p>Several consumers may share the file on one machine and stay correct, because every
 * transaction takes the file's write lock first. They do not get faster: each waits for the other,
 * at most {@link #BUSY}, and is then unavailable until it is tried again. A file on a network share
 * is not safe (https://sqlite.org/wal.html).
 */
public final class SqliteStore {
  /** The longest wait for the file's write lock. */
  static final Duration BUSY = Duration.ofSeconds(1);

  static final FileAttribute<Set<PosixFilePermission>> OWNERS_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  static final FileAttribute<Set<PosixFilePermission>> OWNERS_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final Logger LOG = LoggerFactory.getLogger(SqliteStore.class);

  private SqliteStore() {}

  /**
   * Opens the store, and makes it where there is none: missing folders with mode 0700, the file
   * with mode 0600. A crash in between leaves what the next call completes.
   */
  public static Database open(Path file, Clock clock) throws StoreOpeningException {
    String name = "STORE_FILE " + file;
    createFile(file, name);
    try (StoreTurn _ = StoreTurn.await(file)) {
      bringUpToDate(file, name);
      return opened(file, name, clock);
    } catch (IOException e) {
      throw new StoreOpeningException(
          name + ": cannot be locked (" + e + "); make its folder writable or choose another", e);
    }
  }

  private static Database opened(Path file, String name, Clock clock) throws StoreOpeningException {
    Pools pools = SqliteSource.pools(file);
    try {
      return Database.over(pools, new SqliteDialect(), clock, new SqliteExtent(file));
    } catch (SQLException e) {
      pools.close();
      throw unusable(name, e);
    }
  }

  /**
   * Looks at the store that is there; changes and makes nothing. One without a log is closed, and
   * read as it stands: SQLite would make a log for it.
   *
   * @throws StoreOpeningException when there is none, or it cannot be read
   */
  public static StoreStatus look(Path file) throws StoreOpeningException {
    String name = "STORE_FILE " + file;
    if (Files.notExists(file) || isEmpty(file)) {
      throw new StoreOpeningException(
          name + ": there is no store yet; event-consumer run makes one");
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout((int) BUSY.toMillis());
    String asItStands = Files.exists(logOf(file)) ? "" : "?immutable=1";
    try (Connection connection =
        config.createConnection("jdbc:sqlite:" + file.toAbsolutePath().toUri() + asItStands)) {
      return StoreStatus.read(connection, OptionalLong.of(size(file) + size(logOf(file))));
    } catch (SQLException e) {
      throw unusable(name, e);
    }
  }

  /** The log and its index get the file's mode from SQLite. */
  private static void createFile(Path file, String name) throws StoreOpeningException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(file)) {
      throw new StoreOpeningException(name + ": is a folder; choose another STORE_FILE");
    }
    try {
      Files.createDirectories(folder, OWNERS_FOLDER);
      Files.createFile(file, OWNERS_FILE);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isRegularFile(file)) {
        throw new StoreOpeningException(
            name + ": " + e.getFile() + " is in the way; choose another STORE_FILE", e);
      }
    } catch (IOException e) {
      throw new StoreOpeningException(
          name + ": cannot be created (" + e + "); make its folder writable or choose another", e);
    }
  }

  /**
   * Two processes that start at once take turns, because Flyway has no lock for SQLite. A backup
   * that was put here by hand becomes a store of its own before it is used.
   */
  private static void bringUpToDate(Path file, String name) throws StoreOpeningException {
    DataSource database = SqliteSource.of(file);
    try {
      flushLog(database);
      Schema schema = Schema.alone(database, Migrations.SQLITE);
      if (!isCurrentAndWritable(schema, database)) {
        schema.migrate(name);
      }
      becomeItself(database, name);
    } catch (SQLException e) {
      throw unusable(name, e);
    }
  }

  private static void becomeItself(DataSource database, String name) throws SQLException {
    try (Connection connection = database.getConnection()) {
      if (SqliteCopy.isMarked(connection)) {
        SqliteCopy.becomeItself(connection);
        LOG.warn(
            "{}: was put back from a backup; cursors and refresh tokens of before are refused",
            name);
      }
    }
  }

  /**
   * Copies the log into the file and flushes it, before anything in it is called stored: a log that
   * a crash left may end in a commit whose flush failed. Waits for no other process.
   */
  private static void flushLog(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint");
    }
  }

  /**
   * @throws SQLException when it is not writable
   */
  private static boolean isCurrentAndWritable(Schema schema, DataSource database)
      throws SQLException {
    SqliteDialect dialect = new SqliteDialect();
    try (Connection connection = database.getConnection()) {
      dialect.begin(connection, BUSY);
      dialect.rollback(connection);
      return schema.isCurrent(connection);
    }
  }

  private static StoreOpeningException unusable(String name, SQLException e) {
    String what =
        isForeign(e)
            ? ": is not a SQLite database; move it away or choose another STORE_FILE"
            : ": cannot be used ("
                + e.getMessage()
                + "); check the file's owner, mode and disk, or choose another STORE_FILE";
    return new StoreOpeningException(name + what, e);
  }

  /** Whether the file is of no kind that SQLite knows. */
  static boolean isForeign(SQLException e) {
    return e instanceof SQLiteException refusal
        && refusal.getResultCode() == SQLiteErrorCode.SQLITE_NOTADB;
  }

  private static boolean isEmpty(Path file) {
    return Files.isReadable(file) && Files.isRegularFile(file) && size(file) == 0;
  }

  /** The write-ahead log of a store. */
  static Path logOf(Path file) {
    return file.resolveSibling(file.getFileName() + "-wal");
  }

  /** In bytes; 0 for a file that is not there. */
  static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0; // SQLite removes the log when it needs none
    }
  }
}
