package io.messagerelay.consumer.query;

import io.messagerelay.contract.Payload;
import java.util.Optional;

/**
 * A JSON object that payloads may contain.
 *
 * @param object at most {@value #MOST_VALUES} values: each is compared with every element of an
 *     array
 */
public record PayloadPattern(JsonValue.Members object) {
  /** In characters of JSON. */
  static final int LONGEST = 2_048;

  static final int MOST_VALUES = 64;

  /** The pattern of this JSON; empty when it is none, or beyond a limit. */
  public static Optional<PayloadPattern> of(String json) {
    if (json.length() > LONGEST) {
      return Optional.empty();
    }
    return JsonTree.readWithoutRepeats(json)
        .filter(JsonValue.Members.class::isInstance)
        .map(JsonValue.Members.class::cast)
        .filter(object -> object.size() <= MOST_VALUES)
        .map(PayloadPattern::new);
  }

  /**
   * Whether all of the object is in the payload too. A payload that is a string is taken for the
   * JSON in it. One that is no JSON, or nested too deeply, contains nothing.
   */
  boolean isIn(Payload payload) {
    return JsonTree.mayNest(payload.text())
        && JsonTree.read(payload.text()).filter(value -> value.contains(object)).isPresent();
  }
}
