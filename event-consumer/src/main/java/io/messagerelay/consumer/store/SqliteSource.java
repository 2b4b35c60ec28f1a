package io.messagerelay.consumer.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/** Connections to an embedded store that is in use or is to be. */
final class SqliteSource {
  /** The longest wait for a connection of our own. */
  private static final Duration CONNECTION = Duration.ofSeconds(2);

  /** Reads are short and local: more connections than this only wait for processors. */
  private static final int READERS = 4;

  /** The write-ahead log is cut back to this when it has been copied into the file. */
  private static final int LOG_BYTES_KEPT = 64 * 1024 * 1024;

  private SqliteSource() {}

  /** Each connection is a new one, which writes. */
  static DataSource of(Path file) {
    return source(file, config());
  }

  /** One that writes and some that read. */
  static Pools pools(Path file) {
    SQLiteConfig readOnly = config();
    readOnly.setReadOnly(true);
    HikariConfig reading = pool("store-read", source(file, readOnly), READERS);
    reading.setReadOnly(true);
    HikariConfig writing = pool("store-write", source(file, config()), 1);
    return new Pools(new HikariDataSource(writing), new HikariDataSource(reading));
  }

  private static HikariConfig pool(String name, DataSource source, int size) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(source);
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(CONNECTION.toMillis());
    config.setConnectionInitSql("PRAGMA trusted_schema = OFF");
    config.setMaxLifetime(0); // a file's connection does not age
    config.setKeepaliveTime(0);
    config.setInitializationFailTimeout(-1); // the first use tells, as an SQLException
    return config;
  }

  private static DataSource source(Path file, SQLiteConfig config) {
    SQLiteDataSource source = new ForgettingSource(config);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    return source;
  }

  /**
   * Of connections that overwrite with zeros what they delete. All that write do so at all times: a
   * page that is rearranged would leave copies of its rows behind, which a later erasure does not
   * know of.
   */
  private static final class ForgettingSource extends SQLiteDataSource {
    ForgettingSource(SQLiteConfig config) {
      super(config);
    }

    @Override
    public SQLiteConnection getConnection(@Nullable String user, @Nullable String password)
        throws SQLException {
      SQLiteConnection connection = super.getConnection(user, password);
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA secure_delete = ON");
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
      return connection;
    }
  }

  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setJournalSizeLimit(LOG_BYTES_KEPT);
    config.setBusyTimeout((int) SqliteStore.BUSY.toMillis());
    config.enforceForeignKeys(true);
    config.setGetGeneratedKeys(false);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY); // copies of pages, to undo a statement
    return config;
  }
}
