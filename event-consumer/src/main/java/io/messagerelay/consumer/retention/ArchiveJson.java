package io.messagerelay.consumer.retention;

import com.fasterxml.jackson.core.JsonGenerator;
import io.messagerelay.consumer.store.StoredEvent;
import io.messagerelay.contract.Event;
import io.messagerelay.contract.Payload;
import io.messagerelay.contract.Wire;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes an event of the archive, with the members that {@code GET /event} shows it with. */
final class ArchiveJson {
  private ArchiveJson() {}

  static void write(JsonGenerator json, StoredEvent stored) throws IOException {
    Event event = stored.event();
    json.writeStartObject();
    json.writeNumberField(Wire.ID, stored.position());
    json.writeStringField(Wire.EVENT_ID, event.id());
    json.writeStringField("type", event.type());
    json.writeFieldName("payload");
    if (event.payload().kind() == Payload.Kind.STRING) {
      json.writeString(event.payload().text());
    } else {
      json.writeRawValue(onOneLine(event.payload().text()));
    }
    json.writeStringField("received_time", stored.receivedTime().toString());
    writeOptional(json, Wire.EVENT_KEY, event.key());
    writeOptional(json, Wire.TRACEPARENT, event.traceparent());
    if (stored.erasedTime() != null) {
      json.writeBooleanField("erased", true);
      json.writeStringField("erased_time", stored.erasedTime().toString());
    }
    json.writeEndObject();
  }

  /** Between the tokens of JSON a line's end is a blank, and within them it is none. */
  private static String onOneLine(String json) {
    return json.replace('\n', ' ').replace('\r', ' ');
  }

  private static void writeOptional(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }
}
