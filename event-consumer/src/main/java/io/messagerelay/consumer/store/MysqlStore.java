package io.messagerelay.consumer.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store in a database of a MySQL or MariaDB server, which any number of consumers may share.
 *
 * <p>Nobody waits for ever: for a connection at most {@link #POOL}, then for each answer at most
 * what {@link Transaction} or {@link #READ_ANSWER} says. So who reads, or renews a token, has an
 * answer or an exception within two seconds also while the server is frozen.
 */
public final class MysqlStore {
  /** The longest wait for one of our own connections; a quarter of a second more to test it. */
  private static final Duration POOL = Duration.ofMillis(400);

  private static final Duration TEST = Duration.ofMillis(250);

  /**
   * For the driver this is a ping and no statement. Its own test of a connection waits in whole
   * seconds.
   */
  private static final String PING = "/* ping */ SELECT 1";

  /**
   * The longest wait of a read for the server; closing a connection that it gives up takes as long.
   */
  private static final Duration READ_ANSWER = Duration.ofMillis(700);

  /** The shortest that the server knows. */
  private static final Duration LOCK = Duration.ofSeconds(1);

  /** Within which the server ends what a consumer had begun that vanished. */
  private static final Duration IDLE = Duration.ofSeconds(60);

  /** Below {@link #IDLE}, so that no session ends that is still ours. */
  private static final Duration KEPT_ALIVE = Duration.ofSeconds(30);

  /** For the first connections, while the store is opened. */
  private static final Duration FIRST = Duration.ofSeconds(10);

  private static final Duration LIFE = Duration.ofMinutes(30);

  /** A migration may rebuild a table. */
  private static final Duration MIGRATION = Duration.ofMinutes(10);

  /** Below {@link #MIGRATION}, so that the server answers before the driver gives up. */
  private static final Duration TURN = Duration.ofMinutes(9);

  /** Locks are the server's; their names have 64 characters at most, as a database's has. */
  private static final String TAKE_TURN =
      "SELECT GET_LOCK(CONCAT('event-consumer ', LEFT(SHA2(DATABASE(), 256), 32)), ?)";

  /** For the Python message-relay's rows, a batch of which may be 4 MiB. */
  private static final Duration COPY_ANSWER = Duration.ofSeconds(20);

  /** Below {@link #COPY_ANSWER}, so that the server says what it waited for. */
  private static final Duration COPY_LOCK = Duration.ofSeconds(10);

  /** One appends; others renew tokens and try whether a commit passes. */
  private static final int WRITERS = 3;

  private static final int READERS = 8;

  private static final String NO_TABLE = "42S02";

  private static final Logger LOG = LoggerFactory.getLogger(MysqlStore.class);

  private MysqlStore() {}

  /**
   * Opens the store, makes its tables where there are none, and copies what the Python
   * message-relay has stored in the same database.
   *
   * @param nanoTime a clock that only goes forward, for the wait for the server
   * @param random spreads the attempts of those that wait for one server
   */
  public static Database open(
      MysqlOptions options, Clock clock, LongSupplier nanoTime, RandomGenerator random)
      throws StoreOpeningException {
    MysqlSource source = source(options);
    try {
      DataSource first = source.with(FIRST, LOCK, IDLE);
      var arrival = new MysqlArrival(options, nanoTime, LockSupport::parkNanos, random);
      DataSource migrating = source.with(MIGRATION, MIGRATION, MIGRATION);
      Schema schema = Schema.shared(migrating, Migrations.MYSQL);
      boolean current;
      try (Connection connection = arrival.await(first::getConnection)) {
        check(MysqlServer.of(connection), options);
        current = schema.isCurrent(connection);
      }
      if (!current) {
        migrateInTurn(schema, migrating, options);
      }
      new PythonEvents(source.with(COPY_ANSWER, COPY_LOCK, IDLE)::getConnection, clock)
          .copy(options.toString());
      return opened(pools(source), arrival, clock);
    } catch (SQLException e) {
      throw unusable(options, e);
    }
  }

  /**
   * One start at a time. Flyway locks only its history, once there is one: two starts on an empty
   * database would each take what the other has just made for something foreign. The lock ends with
   * the connection.
   */
  private static void migrateInTurn(Schema schema, DataSource migrating, MysqlOptions options)
      throws SQLException, StoreOpeningException {
    try (Connection turn = migrating.getConnection()) {
      if (!isTaken(turn)) {
        throw new StoreOpeningException(
            options
                + ": another consumer has been migrating it for "
                + TURN.toMinutes()
                + " minutes");
      }
      if (!schema.isCurrent(turn)) {
        schema.migrate(options.toString());
      }
    }
  }

  private static boolean isTaken(Connection turn) throws SQLException {
    try (PreparedStatement lock = turn.prepareStatement(TAKE_TURN)) {
      lock.setLong(1, TURN.toSeconds());
      try (ResultSet taken = lock.executeQuery()) {
        return taken.next() && taken.getBoolean(1);
      }
    }
  }

  private static void check(MysqlServer server, MysqlOptions options) throws StoreOpeningException {
    List<String> faults = server.faults();
    if (!faults.isEmpty()) {
      throw new StoreOpeningException(options + ": " + String.join("; ", faults));
    }
    List<String> weaknesses = server.weaknesses();
    if (options.acceptWeakDurability()) {
      weaknesses.forEach(weakness -> LOG.warn("{}: {}", options, weakness));
    } else if (!weaknesses.isEmpty()) {
      throw new StoreOpeningException(
          options
              + ": "
              + String.join("; ", weaknesses)
              + "; or accept the loss with MYSQL_ACCEPT_WEAK_DURABILITY=true");
    }
  }

  /** Looks at the store as it stands: makes no tables, changes nothing. */
  public static StoreStatus look(MysqlOptions options) throws StoreOpeningException {
    try (Connection connection = source(options).with(READ_ANSWER, LOCK, IDLE).getConnection()) {
      connection.setReadOnly(true);
      return StoreStatus.read(connection, OptionalLong.empty());
    } catch (SQLException e) {
      throw notThere(options, e);
    }
  }

  /**
   * Gives a store that was put back from a dump a name of its own, and drops its refresh tokens.
   * Returns the name.
   *
   * @throws StoreInUseException while a consumer has it open
   */
  public static String renew(MysqlOptions options)
      throws StoreOpeningException, StoreInUseException {
    try (Connection connection = source(options).with(FIRST, LOCK, IDLE).getConnection()) {
      return MysqlIdentity.renew(connection, options.toString());
    } catch (SQLException e) {
      throw notThere(options, e);
    }
  }

  private static StoreOpeningException notThere(MysqlOptions options, SQLException e) {
    return NO_TABLE.equals(e.getSQLState())
        ? new StoreOpeningException(
            options + ": there is no store yet; event-consumer run makes one", e)
        : unusable(options, e);
  }

  private static StoreOpeningException unusable(MysqlOptions options, SQLException e) {
    return new StoreOpeningException(options + ": " + Reason.of(e), e);
  }

  private static MysqlSource source(MysqlOptions options) throws StoreOpeningException {
    Optional<Path> authority = options.tls().authority();
    return new MysqlSource(
        options,
        authority.isPresent() ? Optional.of(TrustFile.of(authority.get())) : Optional.empty());
  }

  private static Database opened(Pools pools, MysqlArrival arrival, Clock clock)
      throws StoreOpeningException {
    try {
      return arrival.await(() -> over(pools, clock));
    } catch (StoreOpeningException e) {
      pools.close();
      throw e;
    }
  }

  /** Both pools have a connection then. */
  private static Database over(Pools pools, Clock clock) throws SQLException {
    pools.writing().close();
    return Database.over(pools, new MysqlDialect(), clock, new MysqlExtent(pools));
  }

  private static Pools pools(MysqlSource source) throws SQLException {
    DataSource connections = source.with(READ_ANSWER, LOCK, IDLE);
    HikariConfig writing = pool("store-write", connections, WRITERS);
    writing.setAutoCommit(false);
    writing.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    HikariConfig reading = pool("store-read", connections, READERS);
    reading.setReadOnly(true);
    return new Pools(new HikariDataSource(writing), new HikariDataSource(reading));
  }

  private static HikariConfig pool(String name, DataSource source, int size) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(source);
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(POOL.toMillis());
    config.setValidationTimeout(TEST.toMillis());
    config.setConnectionTestQuery(PING);
    config.setKeepaliveTime(KEPT_ALIVE.toMillis());
    config.setMaxLifetime(LIFE.toMillis());
    config.setInitializationFailTimeout(-1); // the first use tells, as an SQLException
    return config;
  }
}
