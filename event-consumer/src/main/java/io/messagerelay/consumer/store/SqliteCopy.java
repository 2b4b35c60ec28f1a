package io.messagerelay.consumer.store;

import io.messagerelay.base.DatabaseFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * Copies the file of an embedded store as it is at one moment, beside consumers that write, and
 * proves that the copy is whole. Waits for nobody and nobody waits for it; but for as long as it
 * reads, the write-ahead log grows by what is written, and an erasure is put off.
 */
final class SqliteCopy {
  /** "MRSB": a backup. Whoever opens a store that says so gives it another name first. */
  private static final int BACKUP = 0x4D525342;

  /** "MRSP": what event-propagator calls its spools. */
  private static final int SPOOL = 0x4D525350;

  private static final int BUSY_MILLIS = 5_000;

  /** Of SQLite's virtual machine, between two looks at the progress. */
  private static final int STEPS = 100_000;

  private SqliteCopy() {}

  /** To copy a store that may be in use. Not to be made, should it be gone. */
  static Connection toCopy(Path store) throws SQLException {
    return plain().createConnection(url(store));
  }

  /**
   * To copy a backup, which is not to be changed. One without a log is read as it stands; one with
   * a log, as of a snapshot of its disk, with what is in that.
   */
  static Connection toRestore(Path backup) throws SQLException {
    SQLiteConfig config = plain();
    config.setReadOnly(true);
    boolean closed = !new DatabaseFile(backup).hasLog();
    return config.createConnection(url(backup) + (closed ? "?immutable=1" : ""));
  }

  private static SQLiteConfig plain() {
    var config = new SQLiteConfig();
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    return config;
  }

  private static String url(Path file) {
    return "jdbc:sqlite:" + file.toAbsolutePath().toUri();
  }

  /**
   * Refuses what is no store, or one of a newer version.
   *
   * @param name how the message calls it
   */
  static void requireStore(Connection connection, String name)
      throws SQLException, StoreOpeningException {
    if (number(connection, "PRAGMA application_id") == SPOOL) {
      throw new StoreOpeningException(name + ": is a spool of event-propagator, and no store");
    }
    long tables =
        number(
            connection,
            "SELECT count(*) FROM sqlite_schema"
                + " WHERE name IN ('flyway_schema_history', 'store_identity', 'event')");
    if (tables < 3) {
      throw new StoreOpeningException(name + ": is no store of event-consumer");
    }
    List<String> known = Migrations.SQLITE.history();
    List<String> done = Schema.history(connection);
    int common = Math.min(known.size(), done.size());
    if (!done.subList(0, common).equals(known.subList(0, common))) {
      throw new StoreOpeningException(name + ": its tables are those of another program");
    }
    if (done.size() > known.size()) {
      throw new StoreOpeningException(
          name
              + ": its schema is one that this program does not know; run the newer event-consumer");
    }
  }

  /** Fills the file, which is there and empty. On disk only when the caller has flushed it. */
  static void copy(Connection from, Path to, CopyProgress progress) throws SQLException {
    long all =
        number(from, "PRAGMA page_size")
            * (number(from, "PRAGMA page_count") - number(from, "PRAGMA freelist_count"));
    ProgressHandler.setHandler(from, STEPS, handler(to, all, progress));
    try (PreparedStatement copy = from.prepareStatement("VACUUM INTO ?")) {
      copy.setString(1, to.toAbsolutePath().toString());
      copy.executeUpdate();
    } finally {
      ProgressHandler.clearHandler(from);
    }
    progress.at(all, all);
  }

  private static ProgressHandler handler(Path to, long all, CopyProgress progress) {
    return new ProgressHandler() {
      @Override
      protected int progress() {
        progress.at(Math.min(all, to.toFile().length()), all);
        return 0; // go on
      }
    };
  }

  /** Says in a fresh copy that it is a backup. */
  static void mark(Connection copy) throws SQLException {
    say(copy, "PRAGMA application_id = " + BACKUP);
  }

  static boolean isMarked(Connection store) throws SQLException {
    return number(store, "PRAGMA application_id") == BACKUP;
  }

  /**
   * Makes a store of its own of a copy. A crash in between leaves what it was. Returns its name.
   */
  static String becomeItself(Connection copy) throws SQLException {
    say(copy, "PRAGMA secure_delete = ON");
    say(copy, "BEGIN IMMEDIATE");
    try {
      String id = StoreIdentity.renew(copy, StoreIdentity.SQLITE_RENAME);
      say(copy, "PRAGMA application_id = 0");
      say(copy, "COMMIT");
      return id;
    } catch (SQLException e) {
      say(copy, "ROLLBACK");
      throw e;
    }
  }

  /**
   * Reads all of it.
   *
   * @throws StoreOpeningException when it is damaged
   */
  static StoreStatus prove(Connection copy, Path file)
      throws SQLException, StoreOpeningException, IOException {
    try (Statement check = copy.createStatement();
        ResultSet found = check.executeQuery("PRAGMA integrity_check(1)")) {
      found.next();
      if (!"ok".equals(found.getString(1))) {
        throw new StoreOpeningException(
            "the copy is damaged: "
                + found.getString(1)
                + "; so is what it was made of, or the disk");
      }
    }
    return StoreStatus.read(copy, OptionalLong.of(Files.size(file)));
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void say(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
