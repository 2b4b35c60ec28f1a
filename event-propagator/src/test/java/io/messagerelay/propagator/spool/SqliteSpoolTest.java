package io.messagerelay.propagator.spool;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteSpoolTest extends SpoolContract {
  @TempDir Path folder;

  @Override
  Spool open(Lanes lanes, long bound) {
    return SqliteSpool.open(folder.resolve("spool.db"), lanes, bound, clock);
  }
}
