package io.messagerelay.propagator.spool;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Counts attempts without touching every event. A claim writes one row: an attempt of all events of
 * this lane up to this one has begun. Nearly always they are settled, and nothing else is ever
 * written; what is still there at the lane's next claim, or at the next start, is counted then in
 * its own row. What was set aside is in no lane, and counts in its own row always. For use in the
 * spool's transactions.
 */
final class Attempts {
  /** The number of attempts of a row of {@code spooled}, the one under way included. */
  static final String NUMBER =
      "(attempts + (SELECT count(*) FROM claim WHERE spooled.aside = 0"
          + " AND lane_hash % claim.lanes = claim.lane AND spooled.seq <= claim.upto))";

  private static final String CLAIMED = "SELECT upto FROM claim WHERE lane = ?";
  private static final String CLAIM =
      "INSERT OR REPLACE INTO claim (lane, lanes, upto) VALUES (?, ?, ?)";
  private static final String FORGET = "DELETE FROM claim WHERE lane = ?";
  private static final String ALL = "SELECT lane, lanes, upto FROM claim";

  private final SpoolFile file;
  private final Lanes lanes;

  Attempts(SpoolFile file, Lanes lanes) {
    this.file = file;
    this.lanes = lanes;
  }

  /** The attempts of the events up to {@code upto} have begun, and those of no others. */
  int begin(int lane, long upto) throws SQLException {
    return file.update(CLAIM, lane, lanes.count(), upto);
  }

  /** Counts in the events' own rows what the lane's last claim has begun and not settled. */
  void count(int lane) throws SQLException {
    Optional<Long> upto = file.query(CLAIMED, Attempts::first, lane);
    if (upto.isPresent()) {
      count(file, lane, lanes.count(), upto.get());
      file.update(FORGET, lane);
    }
  }

  /** The same for every lane there was, before their number may change. */
  static void countAll(SpoolFile file) throws SQLException {
    for (Claim claim : file.query(ALL, Attempts::claims)) {
      count(file, claim.lane, claim.lanes, claim.upto);
      file.update(FORGET, claim.lane);
    }
  }

  private static void count(SpoolFile file, int lane, int lanes, long upto) throws SQLException {
    file.update(count(new Lanes(lanes)), lane, upto);
  }

  /** The statement that goes by lane, with the expression that was indexed for it. */
  static String count(Lanes lanes) {
    return "UPDATE spooled SET attempts = attempts + 1 WHERE %s AND seq <= ?"
        .formatted(SpoolSchema.inLane(lanes));
  }

  private static Optional<Long> first(ResultSet rows) throws SQLException {
    return rows.next() ? Optional.of(rows.getLong(1)) : Optional.empty();
  }

  private record Claim(int lane, int lanes, long upto) {}

  private static List<Claim> claims(ResultSet rows) throws SQLException {
    var claims = new ArrayList<Claim>();
    while (rows.next()) {
      claims.add(new Claim(rows.getInt(1), rows.getInt(2), rows.getLong(3)));
    }
    return claims;
  }
}
