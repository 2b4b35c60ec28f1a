package io.messagerelay.benchmarks.store;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes empty stores. */
public final class Stores {
  private final Path folder;
  private final AtomicInteger made = new AtomicInteger();

  /**
   * @param folder for the files of embedded stores
   */
  public Stores(Path folder) {
    this.folder = folder;
  }

  public StorePlace make(StoreKind kind) {
    return switch (kind) {
      case SQLITE -> new SqlitePlace(folder.resolve("store-" + made.incrementAndGet() + ".db"));
      case MYSQL -> MysqlPlace.make();
    };
  }
}
