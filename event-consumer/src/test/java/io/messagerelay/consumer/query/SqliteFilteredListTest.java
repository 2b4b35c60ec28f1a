package io.messagerelay.consumer.query;

import io.messagerelay.consumer.store.Database;
import io.messagerelay.consumer.store.ManualClock;
import io.messagerelay.consumer.store.SqliteStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteFilteredListTest extends FilteredListContract {
  @TempDir Path folder;

  @Override
  Database open(ManualClock at) throws Exception {
    return SqliteStore.open(folder.resolve("store.db"), at);
  }
}
