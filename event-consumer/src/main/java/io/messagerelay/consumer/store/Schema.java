package io.messagerelay.consumer.store;

import java.util.Arrays;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** Brings a database's tables up to date. */
final class Schema {
  private final Flyway flyway;

  /**
   * @param location where the dialect's migrations lie on the class path
   */
  Schema(DataSource database, String location) {
    this.flyway =
        Flyway.configure(Schema.class.getClassLoader())
            .dataSource(database)
            .locations("classpath:" + location)
            .loggers() // none: what a person must know is in the exception
            .load();
  }

  /**
   * Runs the migrations that are missing, each in a transaction: after a crash in between, the next
   * start goes on.
   *
   * @param name how the message calls the store
   */
  void migrate(String name) throws StoreOpeningException {
    try {
      Optional<MigrationInfo> newer =
          Arrays.stream(flyway.info().applied())
              .filter(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS)
              .reduce((first, last) -> last);
      if (newer.isPresent()) {
        throw new StoreOpeningException(
            name
                + ": its schema is version "
                + newer.get().getVersion()
                + ", which this program does not know; run the newer event-consumer, or choose"
                + " another store");
      }
      flyway.migrate();
    } catch (FlywayException e) {
      throw new StoreOpeningException(
          name + ": its tables are not ours to use (" + firstLine(e) + "); choose another store",
          e);
    }
  }

  private static String firstLine(FlywayException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
