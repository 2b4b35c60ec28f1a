package io.messagerelay.consumer.query;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.messagerelay.contract.EventLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads JSON to the letter (RFC 8259), one document nested to a limit, into values. Shared by
 * threads. It remembers no names from one document to the next: they are others' to choose.
 */
final class JsonTree {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(EventLimits.JSON_DEPTH)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private JsonTree() {}

  /** Whether it begins as an object or an array does, which costs no reading of the rest. */
  static boolean mayNest(String text) {
    String start = text.stripLeading();
    return start.startsWith("{") || start.startsWith("[");
  }

  /** The value; of a member that comes twice in an object the last counts. Empty for no JSON. */
  static Optional<JsonValue> read(String json) {
    return read(json, false);
  }

  /** The value; empty also for one in which a member comes twice in an object. */
  static Optional<JsonValue> readWithoutRepeats(String json) {
    return read(json, true);
  }

  private static Optional<JsonValue> read(String json, boolean withoutRepeats) {
    try (JsonParser tokens = FACTORY.createParser(json)) {
      tokens.configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, withoutRepeats);
      if (tokens.nextToken() == null) {
        return Optional.empty();
      }
      JsonValue value = value(tokens);
      return tokens.nextToken() == null ? Optional.of(value) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }

  /** The value that begins with the current token; its last token is the current one then. */
  private static JsonValue value(JsonParser tokens) throws IOException {
    return switch (tokens.currentToken()) {
      case START_OBJECT -> members(tokens);
      case START_ARRAY -> items(tokens);
      case VALUE_STRING -> new JsonValue.Text(tokens.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          new JsonValue.Amount(JsonNumber.canonical(tokens.getText()));
      default -> new JsonValue.Word(tokens.getText());
    };
  }

  private static JsonValue members(JsonParser tokens) throws IOException {
    Map<String, JsonValue> members = new HashMap<>();
    while (tokens.nextToken() != JsonToken.END_OBJECT) {
      String name = tokens.currentName();
      tokens.nextToken();
      members.put(name, value(tokens));
    }
    return new JsonValue.Members(members);
  }

  private static JsonValue items(JsonParser tokens) throws IOException {
    List<JsonValue> items = new ArrayList<>();
    while (tokens.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(tokens));
    }
    return new JsonValue.Items(items);
  }
}
