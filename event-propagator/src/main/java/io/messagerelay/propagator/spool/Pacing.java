package io.messagerelay.propagator.spool;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * At what pace a runner delivers.
 *
 * @param inFlight the most requests that were under way at once in the last second
 * @param allowed how many may be
 * @param most how many might be if the consumer were as well as can be
 * @param perSecond the events that are sent in a second at most; empty without such a bound
 * @param nextAsk when the consumer, which is away, is asked next; empty when it is not
 */
public record Pacing(
    int inFlight, int allowed, int most, OptionalInt perSecond, Optional<Instant> nextAsk) {

  Map<String, String> members() {
    var members = new LinkedHashMap<String, String>();
    members.put("in_flight", Integer.toString(inFlight));
    members.put("allowed", Integer.toString(allowed));
    members.put("most", Integer.toString(most));
    perSecond.ifPresent(events -> members.put("per_second", Integer.toString(events)));
    nextAsk.ifPresent(when -> members.put("next_ask", when.toString()));
    return members;
  }

  /** Empty for what is no such note. */
  static Optional<Pacing> of(Map<String, String> members) {
    try {
      String perSecond = members.get("per_second");
      return Optional.of(
          new Pacing(
              number(members, "in_flight"),
              number(members, "allowed"),
              number(members, "most"),
              perSecond == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(perSecond)),
              Optional.ofNullable(members.get("next_ask")).map(Instant::parse)));
    } catch (NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int number(Map<String, String> members, String name) {
    return Integer.parseInt(members.getOrDefault(name, ""));
  }
}
