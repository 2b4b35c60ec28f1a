package io.messagerelay.propagator.source.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets events of some types pass. An item whose type cannot be told passes, too: it may be one of
 * them, and becomes a dead letter that a person can look at.
 */
final class TypeFilter {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final Set<String> types;

  /**
   * @param types empty for all
   */
  TypeFilter(Set<String> types) {
    this.types = types;
  }

  boolean passes(Cut cut) {
    if (types.isEmpty()) {
      return true;
    }
    return switch (cut) {
      case Cut.Broken _ -> true;
      case Cut.Whole(var body, _, _) -> {
        String type = type(body);
        yield type == null || types.contains(type);
      }
    };
  }

  private static @Nullable String type(byte[] item) {
    try (JsonParser parser = JSON.createParser(item)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        JsonToken value = parser.nextToken();
        if (name.equals("event_type")) {
          return value == JsonToken.VALUE_STRING ? parser.getText() : null;
        }
        parser.skipChildren();
      }
      return null;
    } catch (IOException notJson) {
      return null;
    }
  }
}
