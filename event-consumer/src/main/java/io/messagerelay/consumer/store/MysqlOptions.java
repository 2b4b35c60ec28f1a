package io.messagerelay.consumer.store;

import java.time.Duration;

/**
 * A database on a MySQL or MariaDB server, and how to log in to it.
 *
 * @param startTimeout how long a start waits for the server
 * @param acceptWeakDurability whether to use a server that may lose commits it has answered
 */
public record MysqlOptions(
    String host,
    int port,
    String database,
    String user,
    String password,
    MysqlTls tls,
    Duration startTimeout,
    boolean acceptWeakDurability) {

  /** As a person reads it, without the password. */
  @Override
  public String toString() {
    return "mysql " + user + "@" + host + ":" + port + "/" + database;
  }
}
