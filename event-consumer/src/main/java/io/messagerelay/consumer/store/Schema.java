package io.messagerelay.consumer.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Brings a database's tables up to date. */
final class Schema {
  private static final Set<String> OURS =
      Set.of(
          "event",
          "event_count",
          "event_position",
          "event_retention",
          "python_events_copied",
          "refresh_token",
          "refusal",
          "store_identity");

  /** Of a history in Flyway's own form: what it did, in its order. */
  private static final String HISTORY =
      "SELECT script, checksum, success FROM flyway_schema_history WHERE type <> 'BASELINE'"
          + " ORDER BY installed_rank";

  private final DataSource database;
  private final Migrations migrations;
  private final boolean shared;

  private Schema(DataSource database, Migrations migrations, boolean shared) {
    this.database = database;
    this.migrations = migrations;
    this.shared = shared;
  }

  /** Of a database that is the store's alone: one with anything else in it is not ours. */
  static Schema alone(DataSource database, Migrations migrations) {
    return new Schema(database, migrations, false);
  }

  /**
   * Of a database in which others may keep tables too, except under our names. Its statements do
   * not lie in transactions, so each of them can come again.
   */
  static Schema shared(DataSource database, Migrations migrations) {
    return new Schema(database, migrations, true);
  }

  /**
   * Whether all of its migrations are done as they are known here, and no others: then {@link
   * #migrate} would change nothing. This look takes a fraction of the time that Flyway's own takes,
   * which was much of a start. Whatever it does not expect is for Flyway to judge.
   */
  boolean isCurrent(Connection connection) {
    try {
      return history(connection).equals(migrations.history());
    } catch (SQLException e) {
      return false; // most likely there is none
    }
  }

  /** What was done, as {@link Migrations#history} says it. */
  static List<String> history(Connection connection) throws SQLException {
    List<String> done = new ArrayList<>();
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(HISTORY)) {
      while (row.next()) {
        String migration = row.getString(1) + ' ' + row.getString(2);
        done.add(row.getBoolean(3) ? migration : migration + " failed");
      }
    }
    return done;
  }

  /**
   * Runs the migrations that are missing. After a crash in between, the next start goes on; who
   * starts at the same time waits.
   *
   * @param name how the message calls the store
   */
  void migrate(String name) throws StoreOpeningException {
    try {
      Flyway flyway = flyway().load();
      MigrationInfo[] applied = flyway.info().applied();
      refuseNewer(applied, name);
      if (shared) {
        refuseForeign(flyway, name);
        forgetHalfDone(flyway, applied);
      }
      flyway.migrate();
    } catch (FlywayException | SQLException e) {
      throw new StoreOpeningException(
          name + ": its tables are not ours to use (" + firstLine(e) + "); choose another store",
          e);
    }
  }

  private FluentConfiguration flyway() {
    FluentConfiguration flyway =
        Flyway.configure(Schema.class.getClassLoader())
            .dataSource(database)
            .locations("classpath:" + migrations.location())
            .loggers(); // none: what a person must know is in the exception
    return shared ? flyway.baselineOnMigrate(true).baselineVersion("0") : flyway;
  }

  private static void refuseNewer(MigrationInfo[] applied, String name)
      throws StoreOpeningException {
    Optional<MigrationInfo> newer =
        Arrays.stream(applied)
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
  }

  /** The history's table is there before the first of ours is. */
  private void refuseForeign(Flyway flyway, String name)
      throws StoreOpeningException, SQLException {
    Set<String> tables = tables();
    if (tables.contains(flyway.getConfiguration().getTable())) {
      return;
    }
    for (String table : tables) {
      if (OURS.contains(table)) {
        throw new StoreOpeningException(
            name + ": has a table " + table + " of another program; choose another MYSQL_DATABASE");
      }
    }
  }

  private Set<String> tables() throws SQLException {
    Set<String> names = new TreeSet<>();
    try (Connection connection = database.getConnection();
        ResultSet tables =
            connection
                .getMetaData()
                .getTables(connection.getCatalog(), null, "%", new String[] {"TABLE", "VIEW"})) {
      while (tables.next()) {
        names.add(tables.getString("TABLE_NAME").toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }

  private static void forgetHalfDone(Flyway flyway, MigrationInfo[] applied) {
    if (Arrays.stream(applied).anyMatch(migration -> migration.getState().isFailed())) {
      flyway.repair();
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
