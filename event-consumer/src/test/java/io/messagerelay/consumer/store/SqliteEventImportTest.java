package io.messagerelay.consumer.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteEventImportTest extends EventImportContract {
  @TempDir Path folder;

  @Override
  Database open(ManualClock at) throws Exception {
    return SqliteStore.open(folder.resolve("store.db"), at);
  }
}
