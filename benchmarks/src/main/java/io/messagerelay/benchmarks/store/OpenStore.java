package io.messagerelay.benchmarks.store;

import io.messagerelay.consumer.store.Database;
import io.messagerelay.consumer.store.MysqlOptions;
import io.messagerelay.consumer.store.MysqlStore;
import io.messagerelay.consumer.store.MysqlTls;
import io.messagerelay.consumer.store.SqliteStore;
import io.messagerelay.consumer.store.StoreOpeningException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Opens a store as event-consumer does, in this JVM. */
public final class OpenStore {
  private static final Duration START = Duration.ofSeconds(20);

  private OpenStore() {}

  /**
   * @param settings what {@link StorePlace#settings()} gave
   */
  public static Database of(Map<String, String> settings, Clock clock)
      throws StoreOpeningException {
    return settings.containsKey("MYSQL_HOST")
        ? MysqlStore.open(options(settings), clock, System::nanoTime, RandomGenerator.getDefault())
        : SqliteStore.open(Path.of(value(settings, "STORE_FILE")), clock);
  }

  /** With event-consumer's defaults. */
  private static MysqlOptions options(Map<String, String> settings) {
    return new MysqlOptions(
        value(settings, "MYSQL_HOST"),
        Integer.parseInt(value(settings, "MYSQL_PORT")),
        value(settings, "MYSQL_DATABASE"),
        value(settings, "MYSQL_USER"),
        value(settings, "MYSQL_PASSWORD"),
        new MysqlTls(MysqlTls.Mode.PREFERRED, Optional.empty()),
        START,
        false);
  }

  private static String value(Map<String, String> settings, String name) {
    String value = settings.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no " + name + " in " + settings.keySet());
    }
    return value;
  }
}
