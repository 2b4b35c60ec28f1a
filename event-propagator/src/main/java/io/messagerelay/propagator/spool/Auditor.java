package io.messagerelay.propagator.spool;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at all of a spool beside its runner: whether SQLite finds the file sound; whether the books
 * say what the tables hold, in one statement and so at one moment; whether what is out of its lane
 * waits for something; and whether each body carries the id of its row. All but the last are one
 * read each, for as long as the file takes to be read once; bodies come some at a time, one in
 * memory. So the write-ahead log is never held for the whole. Used by one thread.
 */
final class Auditor {
  private static final int MOST_PROBLEMS = 20;
  private static final int MOST_ROWS = 500;
  private static final long MOST_BYTES = 4 * 1024 * 1024;

  private static final String TABLES =
      "SELECT taken, delivered, duplicate, dead, discarded, pending, bytes, dead_bytes,"
          + " p.entries, p.size, d.entries, d.size FROM books,"
          + " (SELECT count(*) AS entries, coalesce(sum(length(body)), 0) AS size FROM spooled) AS p,"
          + " (SELECT count(*) AS entries, coalesce(sum(length(body)), 0) AS size"
          + " FROM dead_letter) AS d";

  // What is out of its lane and waits for nobody would never be sent.
  private static final String ASIDE =
      """
      SELECT 'set_aside ' || a.seq || ': its event is not out of its lane'
        FROM set_aside AS a LEFT JOIN spooled AS s ON s.seq = a.seq
        WHERE s.aside IS NOT 1 OR s.event_key IS NOT a.event_key
      UNION ALL
      SELECT 'spooled ' || seq || ': out of its lane, and waits for nothing'
        FROM spooled AS s WHERE aside = 1
          AND NOT EXISTS (SELECT 1 FROM set_aside AS a WHERE a.seq = s.seq)
          AND NOT EXISTS (SELECT 1 FROM set_aside AS a WHERE a.event_key = s.event_key)
          AND NOT EXISTS (SELECT 1 FROM freed AS f WHERE f.event_key = s.event_key)
      UNION ALL
      SELECT 'set_aside ' || max(seq) || ': another event of its key is set aside'
        FROM set_aside WHERE event_key IS NOT NULL GROUP BY event_key HAVING count(*) > 1
      LIMIT %d"""
          .formatted(MOST_PROBLEMS);

  private final SpoolFile file;
  private final List<String> problems = new ArrayList<>();

  Auditor(SpoolFile file) {
    this.file = file;
  }

  Audit audit() {
    file.read("PRAGMA integrity_check(" + MOST_PROBLEMS + ")", this::integrity);
    Audit counted = file.read(TABLES, this::tables);
    file.read(ASIDE, this::aside);
    for (Shelf shelf : Shelf.values()) {
      bodies(shelf);
    }
    return new Audit(counted.pending(), counted.dead(), counted.bytes(), problems);
  }

  /** What can be said of any version: whether SQLite finds the file sound. */
  List<String> damages() {
    file.read("PRAGMA integrity_check(" + MOST_PROBLEMS + ")", this::integrity);
    return List.copyOf(problems);
  }

  private int integrity(ResultSet rows) throws SQLException {
    while (rows.next()) {
      String found = rows.getString(1);
      if (!"ok".equals(found)) {
        problems.add("the file is damaged: " + found);
      }
    }
    return problems.size();
  }

  private Audit tables(ResultSet row) throws SQLException {
    Books books = SpoolRows.books(row);
    long deadBytes = row.getLong(8);
    var held =
        new Audit(row.getLong(9), row.getLong(11), row.getLong(10) + row.getLong(12), List.of());
    compare("pending", books.pending(), held.pending());
    compare("dead", books.dead(), held.dead());
    compare("bytes", books.bytes(), held.bytes());
    compare("bytes of dead letters", deadBytes, row.getLong(12));
    if (!books.balanced()) {
      problems.add("the books do not balance: " + books);
    }
    return held;
  }

  private int aside(ResultSet rows) throws SQLException {
    while (rows.next()) {
      problems.add(rows.getString(1));
    }
    return problems.size();
  }

  private void compare(String what, long said, long found) {
    if (said != found) {
      problems.add("%s: the books say %,d, and it is %,d".formatted(what, said, found));
    }
  }

  private void bodies(Shelf shelf) {
    String some =
        "SELECT seq, event_id, body FROM %s WHERE seq > ? AND event_id IS NOT NULL ORDER BY seq LIMIT %d"
            .formatted(shelf.table(), MOST_ROWS);
    long last = 0;
    while (last >= 0 && problems.size() < MOST_PROBLEMS) {
      last = file.read(some, rows -> bodies(shelf, rows), last);
    }
  }

  /** Returns the last one that was looked at; -1 when there was none. */
  private long bodies(Shelf shelf, ResultSet rows) throws SQLException {
    long last = -1;
    long bytes = 0;
    while (bytes < MOST_BYTES && rows.next()) {
      last = rows.getLong(1);
      String id = rows.getString(2);
      byte[] body = rows.getBytes(3);
      bytes += body.length;
      if (!id.equals(Envelope.of(body).eventId().orElse(null))) {
        problems.add("%s %d: the body does not carry the id %s".formatted(shelf.table(), last, id));
      }
    }
    return last;
  }
}
