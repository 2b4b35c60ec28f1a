package io.messagerelay.propagator.spool;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables of a spool. The file's {@code application_id} says that it is a spool, its {@code
 * user_version} of which version.
 */
final class SpoolSchema {
  static final int VERSION = 3;

  /** "MRSP". */
  private static final int APPLICATION_ID = 0x4D525350;

  // The body comes last, so that reading the other columns of a large event stays cheap. due is 0
  // until an event is deferred: a clock that was set back must not hold up what was never tried.
  private static final String TABLES =
      """
      CREATE TABLE spooled (
        seq       INTEGER PRIMARY KEY AUTOINCREMENT,
        event_id  TEXT    NOT NULL,
        event_key TEXT,
        source    TEXT    NOT NULL,
        lane_hash INTEGER NOT NULL,
        place     TEXT    NOT NULL,
        taken     INTEGER NOT NULL,
        due       INTEGER NOT NULL DEFAULT 0,
        attempts  INTEGER NOT NULL DEFAULT 0,
        body      BLOB    NOT NULL
      ) STRICT;
      CREATE TABLE dead_letter (
        seq       INTEGER PRIMARY KEY AUTOINCREMENT,
        event_id  TEXT,
        event_key TEXT,
        source    TEXT    NOT NULL,
        place     TEXT    NOT NULL,
        taken     INTEGER NOT NULL,
        died      INTEGER NOT NULL,
        attempts  INTEGER NOT NULL,
        status    INTEGER NOT NULL,
        reasons   TEXT    NOT NULL,
        body      BLOB    NOT NULL
      ) STRICT;
      CREATE TABLE books (
        one       INTEGER PRIMARY KEY CHECK (one = 1),
        taken     INTEGER NOT NULL DEFAULT 0,
        delivered INTEGER NOT NULL DEFAULT 0,
        duplicate INTEGER NOT NULL DEFAULT 0,
        dead      INTEGER NOT NULL DEFAULT 0 CHECK (dead >= 0),
        discarded INTEGER NOT NULL DEFAULT 0,
        pending   INTEGER NOT NULL DEFAULT 0 CHECK (pending >= 0),
        bytes     INTEGER NOT NULL DEFAULT 0 CHECK (bytes >= 0),
        CHECK (taken = delivered + duplicate + dead + discarded + pending)
      ) STRICT;
      INSERT INTO books (one) VALUES (1);
      CREATE TABLE source_progress (
        source    TEXT    PRIMARY KEY,
        progress  TEXT    NOT NULL
      ) STRICT, WITHOUT ROWID;
      """;

  // What the dead letters take is counted by triggers, whoever adds and removes them.
  private static final String SINCE_VERSION_2 =
      """
      CREATE TABLE claim (
        lane      INTEGER PRIMARY KEY,
        lanes     INTEGER NOT NULL,
        upto      INTEGER NOT NULL
      ) STRICT;
      ALTER TABLE books ADD COLUMN dead_bytes INTEGER NOT NULL DEFAULT 0 CHECK (dead_bytes >= 0);
      UPDATE books SET dead_bytes = (SELECT coalesce(sum(length(body)), 0) FROM dead_letter);
      CREATE TRIGGER dead_letter_added AFTER INSERT ON dead_letter BEGIN
        UPDATE books SET dead_bytes = dead_bytes + length(NEW.body);
      END;
      CREATE TRIGGER dead_letter_removed AFTER DELETE ON dead_letter BEGIN
        UPDATE books SET dead_bytes = dead_bytes - length(OLD.body);
      END;
      """;

  // What waits for an event that was set aside is freed by a trigger, whoever removes that one. The
  // new column stands behind the body, but 0 and 1 are kept in a row's header.
  private static final String SINCE_VERSION_3 =
      """
      ALTER TABLE spooled ADD COLUMN aside INTEGER NOT NULL DEFAULT 0;
      CREATE INDEX spooled_aside ON spooled (event_key) WHERE aside = 1;
      CREATE TABLE set_aside (
        seq       INTEGER PRIMARY KEY,
        event_key TEXT,
        lane_hash INTEGER NOT NULL,
        since     INTEGER NOT NULL,
        due       INTEGER NOT NULL,
        failures  INTEGER NOT NULL,
        cause     TEXT    NOT NULL
      ) STRICT;
      CREATE INDEX set_aside_due ON set_aside (due);
      CREATE INDEX set_aside_key ON set_aside (event_key) WHERE event_key IS NOT NULL;
      CREATE TABLE freed (
        event_key TEXT    PRIMARY KEY,
        lane_hash INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TRIGGER aside_removed AFTER DELETE ON spooled WHEN OLD.aside = 1 BEGIN
        DELETE FROM set_aside WHERE seq = OLD.seq;
      END;
      CREATE TRIGGER key_freed AFTER DELETE ON set_aside WHEN OLD.event_key IS NOT NULL BEGIN
        INSERT OR IGNORE INTO freed (event_key, lane_hash) VALUES (OLD.event_key, OLD.lane_hash);
      END;
      """;

  /** Also those of earlier versions, which had the lanes' indexes by another name. */
  private static final String LANE_INDEXES =
      "SELECT name FROM sqlite_schema WHERE type = 'index' AND name GLOB 'spooled_*_lane_of_*'";

  private static final String IN_LANE = "aside = 0";

  // Few events are put off; a clock that was set back must not cost a look at all of them.
  private static final String PUT_OFF =
      "CREATE INDEX IF NOT EXISTS spooled_put_off ON spooled (due) WHERE due > 0";

  private SpoolSchema() {}

  /** Refuses a file that is another's or of a newer version. An empty one is ours. */
  static void requireOurs(SpoolFile file) throws SQLException {
    if (isEmpty(file)) {
      return;
    }
    if (number(file, "PRAGMA application_id") != APPLICATION_ID) {
      throw noSpool(file.path());
    }
    int version = number(file, "PRAGMA user_version");
    if (version > VERSION) {
      throw new SpoolException(
          "%s is a spool of version %d and this program knows versions up to %d; run a newer one"
              .formatted(file.path(), version, VERSION));
    }
  }

  /** As {@link #requireOurs}, and an empty file is none either. */
  static void requireSpool(SpoolFile file) throws SQLException {
    if (isEmpty(file)) {
      throw noSpool(file.path());
    }
    requireOurs(file);
  }

  /** Whether it is of this version; one of an earlier version has other tables. */
  static boolean isCurrent(SpoolFile file) {
    return file.read("PRAGMA user_version", rows -> rows.getInt(1)) == VERSION;
  }

  /** Makes the tables, or what earlier versions lack of them. */
  static void bringUp(SpoolFile file) throws SQLException {
    int version = isEmpty(file) ? 0 : number(file, "PRAGMA user_version");
    if (version < 1) {
      file.script(TABLES);
      file.script("PRAGMA application_id = " + APPLICATION_ID);
    }
    if (version < 2) {
      file.script(SINCE_VERSION_2);
    }
    if (version < 3) {
      file.script(SINCE_VERSION_3);
    }
    file.script(PUT_OFF);
    if (version < VERSION) {
      file.script("PRAGMA user_version = " + VERSION);
    }
  }

  /** Reading changes nothing, so what an earlier version made has to be brought up first. */
  static void requireCurrent(SpoolFile file) throws SQLException {
    requireOurs(file);
    int version = number(file, "PRAGMA user_version");
    if (version < VERSION) {
      throw new SpoolException(
          "%s is a spool of version %d; start event-propagator on it once, which brings it up to %d"
              .formatted(file.path(), version, VERSION));
    }
  }

  static SpoolException noSpool(Path path) {
    return new SpoolException(
        "%s is no spool; move it away or set another SPOOL_DIR".formatted(path));
  }

  /**
   * An index for so many lanes in place of that for another number, so that a lane's oldest events
   * are found without reading any others.
   */
  static int layLanes(SpoolFile file, Lanes lanes) throws SQLException {
    String wanted = "spooled_in_lane_of_" + lanes.count();
    for (String index : file.query(LANE_INDEXES, SpoolSchema::names)) {
      if (!index.equals(wanted)) {
        file.script("DROP INDEX " + index);
      }
    }
    return file.script(
        "CREATE INDEX IF NOT EXISTS %s ON spooled (%s) WHERE %s"
            .formatted(wanted, laneOf(lanes), IN_LANE));
  }

  /** The condition for what is in its lane and in that one, as it is indexed. */
  static String inLane(Lanes lanes) {
    return "%s AND %s = ?".formatted(IN_LANE, laneOf(lanes));
  }

  /** The expression for the lane of an event or a key. */
  static String laneOf(Lanes lanes) {
    return "lane_hash % " + lanes.count();
  }

  private static List<String> names(ResultSet rows) throws SQLException {
    var names = new ArrayList<String>();
    while (rows.next()) {
      names.add(rows.getString(1));
    }
    return names;
  }

  private static boolean isEmpty(SpoolFile file) throws SQLException {
    return number(file, "SELECT count(*) FROM sqlite_schema") == 0;
  }

  private static int number(SpoolFile file, String sql) throws SQLException {
    return file.query(sql, rows -> rows.getInt(1));
  }
}
