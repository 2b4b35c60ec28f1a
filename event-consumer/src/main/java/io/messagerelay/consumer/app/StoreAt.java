package io.messagerelay.consumer.app;

import io.messagerelay.consumer.store.Database;
import io.messagerelay.consumer.store.MysqlOptions;
import io.messagerelay.consumer.store.MysqlStore;
import io.messagerelay.consumer.store.SqliteStore;
import io.messagerelay.consumer.store.StoreOpeningException;
import io.messagerelay.consumer.store.StoreStatus;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Where events are stored. As text it is what a person reads, without a password. */
public sealed interface StoreAt {

  /**
   * @param nanoTime a clock that only goes forward
   * @param random spreads the attempts of those that wait for one server
   */
  Database open(Clock clock, LongSupplier nanoTime, RandomGenerator random)
      throws StoreOpeningException;

  /** Looks at it as it stands, beside a running service or without one. */
  StoreStatus look() throws StoreOpeningException;

  /** In a file of this machine. */
  record EmbeddedFile(Path file) implements StoreAt {
    @Override
    public Database open(Clock clock, LongSupplier nanoTime, RandomGenerator random)
        throws StoreOpeningException {
      return SqliteStore.open(file, clock);
    }

    @Override
    public StoreStatus look() throws StoreOpeningException {
      return SqliteStore.look(file);
    }

    @Override
    public String toString() {
      return file.toString();
    }
  }

  /** In a database of a server. */
  record Mysql(MysqlOptions options) implements StoreAt {
    @Override
    public Database open(Clock clock, LongSupplier nanoTime, RandomGenerator random)
        throws StoreOpeningException {
      return MysqlStore.open(options, clock, nanoTime, random);
    }

    @Override
    public StoreStatus look() throws StoreOpeningException {
      return MysqlStore.look(options);
    }

    @Override
    public String toString() {
      return options.toString();
    }
  }
}
