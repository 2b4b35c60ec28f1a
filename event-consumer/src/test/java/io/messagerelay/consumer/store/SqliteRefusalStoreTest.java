package io.messagerelay.consumer.store;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteRefusalStoreTest extends RefusalStoreContract {
  @TempDir Path folder;
  private Database database;

  @BeforeEach
  void open() throws Exception {
    database = SqliteStore.open(folder.resolve("store.db"), Clock.systemUTC());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  RefusalStore refusals() {
    return database.refusals();
  }
}
