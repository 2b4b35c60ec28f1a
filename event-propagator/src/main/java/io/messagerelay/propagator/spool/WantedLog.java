package io.messagerelay.propagator.spool;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.event.Level;

/**
 * What a person wants a runner to log for a while.
 *
 * @param level the lowest that is written
 * @param events whether there is a line for every event
 * @param until when the settings count again
 */
public record WantedLog(Level level, boolean events, Instant until) {

  Map<String, String> members() {
    var members = new LinkedHashMap<String, String>();
    members.put("level", level.toString());
    members.put("events", Boolean.toString(events));
    members.put("until", until.toString());
    return members;
  }

  /** Empty for what is no such note. */
  static Optional<WantedLog> of(Map<String, String> members) {
    try {
      return Optional.of(
          new WantedLog(
              Level.valueOf(members.getOrDefault("level", "")),
              Boolean.parseBoolean(members.get("events")),
              Instant.parse(members.getOrDefault("until", ""))));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
