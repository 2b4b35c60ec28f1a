package io.messagerelay.consumer.store;

import io.messagerelay.servers.TestDatabase;
import io.messagerelay.servers.TestServer;
import org.junit.jupiter.api.AfterEach;

final class MysqlEventImportTest extends EventImportContract {
  private final TestDatabase place = TestServer.shared().newDatabase();

  @Override
  Database open(ManualClock at) throws Exception {
    return TestStores.open(place, at);
  }

  @Override
  @AfterEach
  void end() {
    super.end();
    place.close();
  }
}
