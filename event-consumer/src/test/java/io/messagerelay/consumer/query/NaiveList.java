package io.messagerelay.consumer.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.messagerelay.consumer.store.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a list gives, found by looking at every event and in another way. */
final class NaiveList {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final List<StoredEvent> events;

  NaiveList(List<StoredEvent> events) {
    this.events = List.copyOf(events);
  }

  /** All that the parameters ask for, in their order. Times are whole ones. */
  List<StoredEvent> of(Map<String, List<String>> parameters) {
    List<StoredEvent> found =
        new ArrayList<>(events.stream().filter(event -> passes(event, parameters)).toList());
    if (parameters.containsKey("order")) {
      Collections.reverse(found);
    }
    return found;
  }

  private static boolean passes(StoredEvent stored, Map<String, List<String>> asked) {
    var event = stored.event();
    Instant received = stored.receivedTime();
    List<String> types = asked.getOrDefault("type", List.of("*"));
    return types.stream().anyMatch(type -> isOf(event.type(), type))
        && values(asked, "since").allMatch(since -> !received.isBefore(Instant.parse(since)))
        && values(asked, "until").allMatch(until -> received.isBefore(Instant.parse(until)))
        && values(asked, "key").allMatch(key -> key.equals(event.key()))
        && values(asked, "q").allMatch(text -> lower(event.payload().text()).contains(lower(text)))
        && values(asked, "payload").allMatch(part -> contains(event.payload().text(), part));
  }

  private static Stream<String> values(Map<String, List<String>> asked, String name) {
    return asked.getOrDefault(name, List.of()).stream();
  }

  private static boolean isOf(String type, String asked) {
    return asked.endsWith("*")
        ? type.startsWith(asked.substring(0, asked.length() - 1))
        : type.equals(asked);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static boolean contains(String payload, String part) {
    try {
      JsonNode there = JSON.readTree(payload);
      return there.isContainerNode() && contains(there, JSON.readTree(part));
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static boolean contains(JsonNode there, JsonNode part) {
    if (there.isArray()) {
      Stream<JsonNode> parts = part.isArray() ? elements(part) : Stream.of(part);
      return parts.allMatch(one -> elements(there).anyMatch(here -> contains(here, one)));
    }
    if (there.isObject()) {
      return part.isObject()
          && part.properties().stream()
              .allMatch(
                  member ->
                      there.has(member.getKey())
                          && contains(there.get(member.getKey()), member.getValue()));
    }
    if (there.isNumber() && part.isNumber()) {
      return there.decimalValue().compareTo(part.decimalValue()) == 0;
    }
    return there.equals(part);
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
