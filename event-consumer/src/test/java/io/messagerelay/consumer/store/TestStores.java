package io.messagerelay.consumer.store;

import io.messagerelay.servers.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/** Stores in the databases that tests have. */
public final class TestStores {
  private TestStores() {}

  /** What a consumer is told to use this database. */
  static MysqlOptions options(TestDatabase place) {
    return new MysqlOptions(
        place.host(),
        place.port(),
        place.name(),
        place.user(),
        place.password(),
        new MysqlTls(MysqlTls.Mode.PREFERRED, Optional.empty()),
        Duration.ofSeconds(20),
        false);
  }

  /** Opens the store in this database, as another consumer each time. */
  public static Database open(TestDatabase place, Clock clock) throws StoreOpeningException {
    return MysqlStore.open(options(place), clock, System::nanoTime, new Random(1));
  }
}
