package io.messagerelay.consumer.store;

import io.messagerelay.servers.TestDatabase;
import io.messagerelay.servers.TestServer;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

final class MysqlRefusalStoreTest extends RefusalStoreContract {
  private final TestDatabase place = TestServer.shared().newDatabase();
  private Database database;

  @BeforeEach
  void open() throws Exception {
    database = TestStores.open(place, Clock.systemUTC());
  }

  @AfterEach
  void close() {
    database.close();
    place.close();
  }

  @Override
  RefusalStore refusals() {
    return database.refusals();
  }
}
