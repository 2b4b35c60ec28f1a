package io.messagerelay.propagator.spool;

/**
 * The statements that go by lane. Their expression is the indexed one of {@link
 * SpoolSchema#layLanes}, so that none of them reads more than it returns.
 *
 * @param oldest for as long as no other may wait for what is set aside
 * @param oldestMarked the last column says whether the event has to; that look at each costs a
 *     tenth
 */
record LaneSql(String oldest, String oldestMarked, String due) {
  private static final String WAITS =
      "event_key IS NOT NULL AND EXISTS"
          + " (SELECT 1 FROM set_aside AS a WHERE a.event_key = spooled.event_key)";

  static LaneSql of(Lanes lanes) {
    String inLane = SpoolSchema.inLane(lanes);
    return new LaneSql(
        oldest("0", inLane),
        oldest(WAITS, inLane),
        "SELECT due FROM spooled WHERE %s ORDER BY seq LIMIT 1".formatted(inLane));
  }

  private static String oldest(String waits, String inLane) {
    return """
        SELECT seq, event_id, event_key, source, place, body, taken, attempts + 1, due, %s
        FROM spooled WHERE %s AND seq > ? AND seq < ? ORDER BY seq LIMIT ?"""
        .formatted(waits, inLane);
  }
}
