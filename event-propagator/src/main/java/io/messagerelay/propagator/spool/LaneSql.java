package io.messagerelay.propagator.spool;

/**
 * The statements that go by lane. Their expression is the indexed one of {@link
 * SpoolSchema#layLanes}, so that none of them reads more than it returns.
 */
record LaneSql(String oldest, String due) {

  static LaneSql of(Lanes lanes) {
    String inLane = SpoolSchema.laneOf(lanes) + " = ?";
    return new LaneSql(
        "SELECT seq, event_id, event_key, source, place, body, taken, attempts + 1, due"
            + " FROM spooled WHERE %s AND seq > ? ORDER BY seq LIMIT ?".formatted(inLane),
        "SELECT due FROM spooled WHERE %s ORDER BY seq LIMIT 1".formatted(inLane));
  }
}
