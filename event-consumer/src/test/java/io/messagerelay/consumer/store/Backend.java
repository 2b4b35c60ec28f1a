package io.messagerelay.consumer.store;

import io.messagerelay.servers.TestDatabase;
import io.messagerelay.servers.TestServer;
import java.nio.file.Path;
import java.time.Clock;

/** The databases that what is kept must behave the same in. */
public enum Backend {
  SQLITE {
    @Override
    public Place place(Path folder) {
      Path file = folder.resolve("store.db");
      return new Place() {
        @Override
        public Database open(Clock clock) throws StoreOpeningException {
          return SqliteStore.open(file, clock);
        }

        @Override
        public void close() {}
      };
    }

    @Override
    Dialect dialect() {
      return new SqliteDialect();
    }
  },
  MYSQL {
    @Override
    public Place place(Path folder) {
      TestDatabase database = TestServer.shared().newDatabase();
      return new Place() {
        @Override
        public Database open(Clock clock) throws StoreOpeningException {
          return TestStores.open(database, clock);
        }

        @Override
        public void close() {
          database.close();
        }
      };
    }

    @Override
    Dialect dialect() {
      return new MysqlDialect();
    }
  };

  /** Where one store is. */
  public interface Place extends AutoCloseable {
    /** Opens it, as another consumer each time. */
    Database open(Clock clock) throws StoreOpeningException;

    @Override
    void close();
  }

  /** An empty place. */
  public abstract Place place(Path folder);

  abstract Dialect dialect();
}
