package io.messagerelay.consumer.query;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.messagerelay.consumer.store.StoredEvent;
import io.messagerelay.contract.Event;
import io.messagerelay.contract.Payload;
import io.messagerelay.contract.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** A stored event in JSON: as lists, streams and archives show it. */
public final class EventView {
  private static final JsonFactory JSON = new JsonFactory();

  private EventView() {}

  public static void write(JsonGenerator json, StoredEvent stored) throws IOException {
    Event event = stored.event();
    json.writeStartObject();
    json.writeNumberField(Wire.ID, stored.position());
    json.writeStringField(Wire.EVENT_ID, event.id());
    json.writeStringField("type", event.type());
    json.writeFieldName("payload");
    writePayload(json, event.payload());
    json.writeStringField("received_time", Rfc3339.text(stored.receivedTime()));
    writeOptional(json, Wire.EVENT_KEY, event.key());
    writeOptional(json, Wire.TRACEPARENT, event.traceparent());
    if (stored.erasedTime() != null) {
      json.writeBooleanField("erased", true);
      json.writeStringField("erased_time", Rfc3339.text(stored.erasedTime()));
    }
    json.writeEndObject();
  }

  /**
   * With a line feed behind it and none in it: a payload is given back as it came, and outside of
   * its texts, where both stand for themselves, JSON takes a blank for either line end.
   */
  public static byte[] line(StoredEvent event) {
    var bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      write(json, event);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    bytes.write('\n');
    byte[] line = bytes.toByteArray();
    for (int i = 0; i < line.length - 1; i++) {
      line[i] = line[i] == '\n' || line[i] == '\r' ? (byte) ' ' : line[i];
    }
    return line;
  }

  private static void writePayload(JsonGenerator json, Payload payload) throws IOException {
    switch (payload.kind()) {
      case STRING -> json.writeString(payload.text());
      case JSON -> json.writeRawValue(payload.text());
    }
  }

  private static void writeOptional(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }
}
