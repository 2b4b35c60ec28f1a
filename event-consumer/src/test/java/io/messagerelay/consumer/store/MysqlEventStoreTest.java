package io.messagerelay.consumer.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

final class MysqlEventStoreTest extends JdbcEventStoreContract {
  private final TestDatabase place = TestServer.shared().newDatabase();
  private Database database;

  @BeforeEach
  void open() throws Exception {
    database = place.open(clock);
  }

  @AfterEach
  void close() {
    database.close();
    place.close();
  }

  @Override
  EventStore store() {
    return database.events();
  }

  @Override
  Connections connections() {
    return database.connections();
  }

  @Override
  Dialect dialect() {
    return new MysqlDialect();
  }

  @Override
  void refuse(String type) throws SQLException {
    try (Connection connection = place.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE event ADD CHECK (type <> '" + type + "')");
    }
  }
}
