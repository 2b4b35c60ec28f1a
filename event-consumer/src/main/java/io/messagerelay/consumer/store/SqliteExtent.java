package io.messagerelay.consumer.store;

import java.nio.file.Path;

/** The room that the files of an embedded store take. Shared by threads. */
record SqliteExtent(Path file) implements Extent {

  @Override
  public long logBytes() {
    return SqliteStore.size(SqliteStore.logOf(file));
  }

  @Override
  public long bytes() {
    return SqliteStore.size(file);
  }
}
