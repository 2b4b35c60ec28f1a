package io.messagerelay.propagator.spool;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
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
  private static final JsonFactory JSON = new JsonFactory();

  byte[] json() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator generator = JSON.createGenerator(bytes)) {
      generator.writeStartObject();
      generator.writeStringField("at", at.toString());
      generator.writeStringField("error", cause);
      if (over.isPresent()) {
        generator.writeStringField("over", over.get().toString());
      }
      generator.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /** Empty for what is no such file. */
  static Optional<LastError> of(byte[] json) {
    Map<String, String> members = new HashMap<>();
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        members.put(name, String.valueOf(parser.nextTextValue()));
      }
      return Optional.of(
          new LastError(
              Instant.parse(members.getOrDefault("at", "")),
              members.getOrDefault("error", ""),
              Optional.ofNullable(members.get("over")).map(Instant::parse)));
    } catch (IOException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
