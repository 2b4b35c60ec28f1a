package io.messagerelay.propagator.spool;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads rows into records. The columns stand in the order of the record's components. */
final class SpoolRows {
  private SpoolRows() {}

  static SpooledEvent spooledEvent(ResultSet row) throws SQLException {
    return new SpooledEvent(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getBytes(6),
        instant(row, 7),
        row.getInt(8));
  }

  static List<DeadLetter> deadLetters(ResultSet rows) throws SQLException {
    var letters = new ArrayList<DeadLetter>();
    while (rows.next()) {
      letters.add(deadLetter(rows));
    }
    return letters;
  }

  private static DeadLetter deadLetter(ResultSet row) throws SQLException {
    return new DeadLetter(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getBytes(6),
        instant(row, 7),
        instant(row, 8),
        row.getInt(9),
        row.getInt(10),
        Reasons.read(row.getString(11)));
  }

  static Books books(ResultSet row) throws SQLException {
    return new Books(
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        row.getLong(6),
        row.getLong(7));
  }

  static Optional<String> firstText(ResultSet rows) throws SQLException {
    return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
  }

  static Optional<Instant> firstInstant(ResultSet rows) throws SQLException {
    return rows.next() ? Optional.of(instant(rows, 1)) : Optional.empty();
  }

  static Instant instant(ResultSet row, int column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }
}
