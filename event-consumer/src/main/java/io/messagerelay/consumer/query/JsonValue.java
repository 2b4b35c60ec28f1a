package io.messagerelay.consumer.query;

import java.util.List;
import java.util.Map;

/**
 * A JSON value that can be looked for in others. Equal ones mean the same: the order of members,
 * escapes, and how a number is written make no difference.
 */
sealed interface JsonValue {
  record Members(Map<String, JsonValue> members) implements JsonValue {}

  record Items(List<JsonValue> items) implements JsonValue {}

  record Text(String value) implements JsonValue {}

  /** As {@link JsonNumber} writes it. */
  record Amount(String number) implements JsonValue {}

  /** {@code true}, {@code false} or {@code null}. */
  record Word(String word) implements JsonValue {}

  /**
   * Whether this is in here, as MySQL's JSON_CONTAINS means it: an object has all of its members,
   * each containing what is looked for; an array has each of its elements somewhere; anything else
   * that is looked for in an array is in one of its elements.
   */
  default boolean contains(JsonValue part) {
    return switch (this) {
      case Members(var here) -> part instanceof Members(var parts) && hasAll(here, parts);
      case Items(var here) ->
          part instanceof Items(var parts)
              ? parts.stream().allMatch(one -> isInOne(here, one))
              : isInOne(here, part);
      case Text _, Amount _, Word _ -> equals(part);
    };
  }

  private static boolean hasAll(Map<String, JsonValue> here, Map<String, JsonValue> parts) {
    return parts.entrySet().stream()
        .allMatch(
            part -> {
              JsonValue there = here.get(part.getKey());
              return there != null && there.contains(part.getValue());
            });
  }

  private static boolean isInOne(List<JsonValue> here, JsonValue part) {
    return here.stream().anyMatch(one -> one.contains(part));
  }

  /** How many values it is, itself and those in it. */
  default int size() {
    return switch (this) {
      case Members(var members) -> 1 + members.values().stream().mapToInt(JsonValue::size).sum();
      case Items(var items) -> 1 + items.stream().mapToInt(JsonValue::size).sum();
      case Text _, Amount _, Word _ -> 1;
    };
  }
}
