package io.messagerelay.consumer.query;

import io.messagerelay.consumer.store.Database;
import io.messagerelay.consumer.store.ManualClock;
import io.messagerelay.consumer.store.TestStores;
import io.messagerelay.servers.TestDatabase;
import io.messagerelay.servers.TestServer;
import org.junit.jupiter.api.AfterEach;

final class MysqlFilteredListTest extends FilteredListContract {
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
