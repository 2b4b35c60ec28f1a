package io.messagerelay.consumer.store;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits, at a start, for a server that is not there yet. What time does not mend is an exception at
 * once: a wrong password, a database that does not exist, a certificate.
 */
final class MysqlArrival {
  private static final Logger LOG = LoggerFactory.getLogger(MysqlArrival.class);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

  /** Too many connections, of all or of this account; about to stop. */
  private static final Set<Integer> BUSY = Set.of(1040, 1053, 1203, 1226);

  /** What is behind an open connection, or a pool of them. */
  interface Door<T> {
    T open() throws SQLException;
  }

  private final MysqlOptions options;
  private final LongSupplier nanoTime;
  private final LongConsumer pause;
  private final RandomGenerator random;

  /**
   * @param nanoTime a clock that only goes forward
   * @param pause waits for so many nanoseconds
   * @param random spreads the attempts of those that wait for one server
   */
  MysqlArrival(
      MysqlOptions options, LongSupplier nanoTime, LongConsumer pause, RandomGenerator random) {
    this.options = options;
    this.nanoTime = nanoTime;
    this.pause = pause;
    this.random = random;
  }

  /** Tries until it opens. */
  <T> T await(Door<T> door) throws StoreOpeningException {
    long begun = nanoTime.getAsLong();
    long nextLine = begun;
    Duration longest = FIRST_PAUSE;
    while (true) {
      try {
        return door.open();
      } catch (SQLException e) {
        long now = nanoTime.getAsLong();
        if (!passes(e)) {
          throw new StoreOpeningException(options + ": " + Reason.of(e) + advice(e), e);
        }
        if (now - begun >= options.startTimeout().toNanos()) {
          throw absent(e);
        }
        if (now - nextLine >= 0) {
          nextLine = now + BETWEEN_LINES.toNanos();
          LOG.info(
              "waiting for {} at most {} s: {}",
              options,
              options.startTimeout().toSeconds(),
              Reason.of(e));
        }
        pause.accept(random.nextLong(longest.toNanos()) + 1);
        longest = longest.multipliedBy(2);
        longest = longest.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longest;
      }
    }
  }

  private static boolean passes(SQLException e) {
    if (BUSY.contains(e.getErrorCode())) {
      return true;
    }
    return (Reason.has(e, IOException.class) || isOfPool(e))
        && !Reason.has(e, SSLException.class)
        && !Reason.has(e, GeneralSecurityException.class);
  }

  /** A pool that had no connection in time goes on trying to get one. */
  private static boolean isOfPool(SQLException e) {
    return e instanceof SQLTransientConnectionException;
  }

  private StoreOpeningException absent(SQLException e) {
    return new StoreOpeningException(
        options
            + ": no answer in "
            + options.startTimeout().toSeconds()
            + " s ("
            + Reason.of(e)
            + "); start the server, or set MYSQL_HOST and MYSQL_PORT to where it is",
        e);
  }

  private static String advice(SQLException e) {
    return switch (e.getErrorCode()) {
      case 1044, 1045, 1698 ->
          "; check MYSQL_USER and MYSQL_PASSWORD, and what that account may do";
      case 1049 -> "; create it, or choose another MYSQL_DATABASE";
      case 3159 -> "; set MYSQL_TLS to required";
      default -> "; check MYSQL_HOST, MYSQL_PORT, MYSQL_TLS and MYSQL_TLS_CA";
    };
  }
}
