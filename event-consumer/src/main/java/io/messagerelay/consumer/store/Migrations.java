package io.messagerelay.consumer.store;

import java.util.List;

/**
 * What brings the tables of one dialect up to date.
 *
 * @param location where the scripts lie on the class path
 * @param history what it leaves: each script with Flyway's checksum of it, in their order
 */
record Migrations(String location, List<String> history) {
  static final Migrations MYSQL =
      new Migrations(
          "db/migration/mysql",
          List.of(
              "V1__events_and_refresh_tokens.sql 748594205",
              "V2__python_events_copied.sql 1255180719",
              "V4__event_counts.sql -946191934",
              "V5__event_retention.sql 964166212",
              "V6__refusals.sql 1576305701"));

  static final Migrations SQLITE =
      new Migrations(
          "db/migration/sqlite",
          List.of(
              "V1__events_and_refresh_tokens.sql 588325786",
              "V3__event_counts.sql -1039998042",
              "V4__event_retention.sql 1242038258",
              "V5__refusals.sql 1949449630"));

  Migrations {
    history = List.copyOf(history);
  }
}
