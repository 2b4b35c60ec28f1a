package io.messagerelay.propagator.spool;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What delivery failed of last.
 *
 * @param at when
 * @param cause for a person
 * @param over when delivery went on; empty as long as it fails
 */
public record LastError(Instant at, String cause, Optional<Instant> over) {

  Map<String, String> members() {
    var members = new LinkedHashMap<String, String>();
    members.put("at", at.toString());
    members.put("error", cause);
    over.ifPresent(when -> members.put("over", when.toString()));
    return members;
  }

  /** Empty for what is no such note. */
  static Optional<LastError> of(Map<String, String> members) {
    try {
      return Optional.of(
          new LastError(
              Instant.parse(members.getOrDefault("at", "")),
              members.getOrDefault("error", ""),
              Optional.ofNullable(members.get("over")).map(Instant::parse)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
