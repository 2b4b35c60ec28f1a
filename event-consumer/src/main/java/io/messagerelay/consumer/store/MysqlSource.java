package io.messagerelay.consumer.store;

import com.mysql.cj.jdbc.MysqlDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Connections to one database, all of whose waits have a limit and whose session says for itself
 * what the server may have as another default.
 */
final class MysqlSource {
  /** The longest wait for a connection to be accepted, and for a look at the server. */
  static final Duration CONNECT = Duration.ofSeconds(1);

  /** Statements that a connection keeps parsed, and the longest of them. */
  private static final int PREPARED = 64;

  private static final int PREPARED_CHARACTERS = 16 * 1024;

  private final MysqlOptions options;
  private final Optional<TrustFile> trust;

  MysqlSource(MysqlOptions options, Optional<TrustFile> trust) {
    this.options = options;
    this.trust = trust;
  }

  /**
   * @param answer the longest wait for the server's answer to a statement
   * @param lock the longest wait for a lock, in whole seconds
   * @param idle after which the server ends a session that says nothing, and its transaction
   */
  DataSource with(Duration answer, Duration lock, Duration idle) throws SQLException {
    MysqlDataSource source = new MysqlDataSource();
    source.setServerName(options.host());
    source.setPort(options.port());
    source.setDatabaseName(options.database());
    source.setUser(options.user());
    source.setPassword(options.password());
    source.setConnectTimeout((int) CONNECT.toMillis());
    source.setSocketTimeout((int) answer.toMillis());
    source.setTcpKeepAlive(true);
    source.setSessionVariables(session(lock, idle));
    source.setCharacterEncoding("UTF-8");
    source.setConnectionCollation("utf8mb4_bin");
    source.setUseServerPrepStmts(false);
    // An INSERT for each size of a group: to take one apart costs more than to fill it in.
    source.setCachePrepStmts(true);
    source.setPrepStmtCacheSize(PREPARED);
    source.setPrepStmtCacheSqlLimit(PREPARED_CHARACTERS);
    source.setAllowLoadLocalInfile(false);
    source.setCacheServerConfiguration(false);
    encrypt(source);
    return source;
  }

  /** What the statements of the product count on, whatever the server's defaults are. */
  private static String session(Duration lock, Duration idle) {
    return "sql_mode='STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO'"
        + ",innodb_lock_wait_timeout="
        + lock.toSeconds()
        + ",lock_wait_timeout="
        + lock.toSeconds()
        + ",wait_timeout="
        + idle.toSeconds();
  }

  private void encrypt(MysqlDataSource source) throws SQLException {
    MysqlTls.Mode mode = options.tls().mode();
    source.setSslMode(mode.name());
    // MySQL asks for it over an open connection when it does not remember the password, as after a
    // restart. The key may be anybody's, but so may a certificate that is not verified.
    source.setAllowPublicKeyRetrieval(
        mode == MysqlTls.Mode.DISABLED || mode == MysqlTls.Mode.PREFERRED);
    if (trust.isPresent()) {
      trust.get().applyTo(source);
    }
  }
}
