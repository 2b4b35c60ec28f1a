package io.messagerelay.propagator.source.outbox;

import io.messagerelay.servers.TestPostgres;
import io.messagerelay.servers.TestPostgresDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** An outbox in PostgreSQL. */
record PostgresPlace(TestPostgresDatabase database) implements OutboxPlace {

  static PostgresPlace shared() {
    return new PostgresPlace(TestPostgres.shared().newDatabase());
  }

  @Override
  public OutboxServer server() {
    return new OutboxServer(
        OutboxServer.Kind.POSTGRESQL,
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
    return OutboxPlace.shipped("postgresql.sql");
  }

  @Override
  public String jsonType() {
    return "jsonb";
  }

  @Override
  public void close() {
    database.close();
  }
}
