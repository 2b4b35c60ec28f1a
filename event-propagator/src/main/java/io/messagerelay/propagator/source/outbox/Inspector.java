package io.messagerelay.propagator.source.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what an outbox lacks. Used by one thread. */
final class Inspector {
  private final Dialect dialect;
  private final OutboxServer server;
  private final OutboxTable table;
  private final String rows;
  private final String leases;

  Inspector(Dialect dialect, OutboxServer server, OutboxTable table) {
    this.dialect = dialect;
    this.server = server;
    this.table = table;
    this.rows = dialect.qualified(table, table.name());
    this.leases = dialect.qualified(table, OutboxTable.LEASES);
  }

  /** The columns that there are. */
  Layout layout(Connection connection) throws SQLException {
    return layout(dialect.columns(connection, table));
  }

  private Layout layout(Map<String, String> columns) {
    Map<Column, String> types = new EnumMap<>(Column.class);
    for (Column column : Column.values()) {
      String type = columns.get(dialect.folded(table.column(column)));
      if (type != null) {
        types.put(column, type);
      }
    }
    return new Layout(types);
  }

  /** All that a person has to mend. Leaves the transaction rolled back. */
  List<Flaw> flaws(Connection connection) throws SQLException {
    List<Flaw> flaws = new ArrayList<>();
    Map<String, String> columns = dialect.columns(connection, table);
    if (columns.isEmpty()) {
      flaws.add(noTable(rows, createRows()));
    } else {
      flaws.addAll(flawsOf(layout(columns)));
      if (flaws.isEmpty() && !dialect.isUnique(connection, table, table.column(Column.ID))) {
        flaws.add(notUnique());
      }
      if (flaws.isEmpty()) {
        flaws.addAll(denied(connection, rows, rightsOnRows(), probesOfRows()));
      }
    }
    flaws.addAll(flawsOfLeases(connection));
    connection.rollback();
    return flaws;
  }

  private List<Flaw> flawsOf(Layout layout) {
    List<Flaw> flaws = new ArrayList<>();
    for (Column column : Column.values()) {
      if (layout.has(column)) {
        if (!dialect.fits(column, layout.type(column)) && table.needs(column)) {
          flaws.add(unfit(column, layout.type(column)));
        }
      } else if (table.needs(column)) {
        flaws.add(missing(column));
      }
    }
    return flaws;
  }

  private Flaw unfit(Column column, String type) {
    return Flaw.ofForm(
        "%s: column %s is of type %s, which cannot be %s; name another in OUTBOX_COLUMNS"
            .formatted(table, table.column(column), type, column.defaultName()));
  }

  private Flaw missing(Column column) {
    String ddl =
        "ALTER TABLE %s ADD COLUMN %s %s;"
            .formatted(rows, dialect.quote(table.column(column)), dialect.typeOf(column));
    return Flaw.ofForm(
        "%s has no column %s for %s: %s%s"
            .formatted(
                table,
                table.column(column),
                column.defaultName(),
                ddl,
                column == Column.DONE_AT ? " " + dialect.createIndex(table) + ";" : ""));
  }

  private Flaw notUnique() {
    return Flaw.ofForm(
        "%1$s: column %2$s has no primary key and no unique index: ALTER TABLE %3$s ADD PRIMARY KEY"
                .formatted(table, table.column(Column.ID), rows)
            + " (%s);".formatted(dialect.quote(table.column(Column.ID))));
  }

  private Flaw noTable(String name, String ddl) {
    return Flaw.ofForm(
        "%s: there is no table %s, or %s may not see it: %s;"
            .formatted(server, name, server.user(), ddl));
  }

  private String createRows() {
    return Stream.of(Column.values())
        .filter(column -> column != Column.DONE_AT || table.needs(column))
        .map(column -> dialect.quote(table.column(column)) + " " + dialect.typeOf(column))
        .collect(Collectors.joining(", ", "CREATE TABLE " + rows + " (", ")"));
  }

  private List<Flaw> flawsOfLeases(Connection connection) throws SQLException {
    var all =
        new OutboxTable(
            table.schema(), OutboxTable.LEASES, Map.of(), Done.DELETE, PayloadForm.TEXT);
    if (dialect.columns(connection, all).isEmpty()) {
      return List.of(noTable(leases, dialect.createLeases(leases)));
    }
    return denied(connection, leases, "SELECT, INSERT, UPDATE", probesOfLeases());
  }

  private String rightsOnRows() {
    return table.done() == Done.DELETE ? "SELECT, DELETE" : "SELECT, UPDATE";
  }

  /** They change nothing; what the account may do is looked at all the same. */
  private List<String> probesOfRows() {
    String change =
        switch (table.done()) {
          case DELETE -> "DELETE FROM " + rows;
          case MARK -> "UPDATE %1$s SET %2$s = %2$s".formatted(rows, done());
        };
    return List.of(
        "SELECT %s FROM %s WHERE 1 = 0".formatted(dialect.quote(table.column(Column.ID)), rows),
        change + " WHERE 1 = 0");
  }

  private String done() {
    return dialect.quote(table.column(Column.DONE_AT));
  }

  private List<String> probesOfLeases() {
    return List.of(
        "SELECT name, holder, token, expires FROM " + leases + " WHERE 1 = 0",
        "INSERT INTO %1$s (name, holder, token, expires) SELECT name, holder, token, expires FROM %1$s WHERE 1 = 0"
            .formatted(leases),
        "UPDATE " + leases + " SET token = token WHERE 1 = 0");
  }

  private List<Flaw> denied(Connection connection, String name, String rights, List<String> probes)
      throws SQLException {
    for (String probe : probes) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(probe);
      } catch (SQLException e) {
        connection.rollback();
        return switch (dialect.failure(e)) {
          case DENIED -> List.of(denied(name, rights));
          case MISSING -> List.of(Flaw.ofForm(name + ": " + Reason.of(e)));
          case PASSING -> throw e;
        };
      }
    }
    return List.of();
  }

  private Flaw denied(String name, String rights) {
    return Flaw.ofAccess(
        "%s: %s may not work on %s: GRANT %s ON %s TO %s;"
            .formatted(server, server.user(), name, rights, name, dialect.account(server.user())));
  }
}
