package io.messagerelay.propagator.spool;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/**
 * What a kept body says of itself. It may be anything, so what cannot be read is empty.
 *
 * @param eventId its {@code event_id}, where that is a string
 * @param eventType its {@code event_type}, where that is a string
 */
public record Envelope(Optional<String> eventId, Optional<String> eventType) {
  private static final JsonFactory JSON = new JsonFactory();

  public static Envelope of(byte[] body) {
    Optional<String> id = Optional.empty();
    Optional<String> type = Optional.empty();
    try (JsonParser tokens = JSON.createParser(body)) {
      if (tokens.nextToken() == JsonToken.START_OBJECT) {
        for (String name = tokens.nextFieldName(); name != null; name = tokens.nextFieldName()) {
          tokens.nextToken();
          switch (name) {
            case "event_id" -> id = text(tokens);
            case "event_type" -> type = text(tokens);
            default -> tokens.skipChildren();
          }
        }
      }
    } catch (IOException e) {
      return new Envelope(id, type); // what stands before the fault
    }
    return new Envelope(id, type);
  }

  private static Optional<String> text(JsonParser tokens) throws IOException {
    if (tokens.currentToken() == JsonToken.VALUE_STRING) {
      return Optional.of(tokens.getText());
    }
    tokens.skipChildren();
    return Optional.empty();
  }
}
