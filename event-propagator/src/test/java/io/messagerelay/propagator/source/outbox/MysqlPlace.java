package io.messagerelay.propagator.source.outbox;

import io.messagerelay.servers.TestDatabase;
import io.messagerelay.servers.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** An outbox in MySQL or MariaDB, in a database whose character set is latin1. */
record MysqlPlace(TestDatabase database) implements OutboxPlace {

  static MysqlPlace shared() {
    return new MysqlPlace(TestServer.shared().newDatabase());
  }

  @Override
  public OutboxServer server() {
    return new OutboxServer(
        OutboxServer.Kind.MYSQL,
        database.host(),
        database.port(),
        database.name(),
        database.user(),
        database.password(),
        new OutboxTls(OutboxTls.Mode.PREFERRED, Optional.empty()));
  }

  @Override
  public Connection connect() throws SQLException {
    return database.connect();
  }

  @Override
  public String script() {
    return OutboxPlace.shipped("mysql.sql");
  }

  @Override
  public String jsonType() {
    return "JSON";
  }

  @Override
  public void close() {
    database.close();
  }
}
