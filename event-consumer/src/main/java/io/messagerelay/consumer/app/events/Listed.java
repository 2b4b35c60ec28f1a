package io.messagerelay.consumer.app.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.messagerelay.base.Visible;
import io.messagerelay.contract.Wire;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An event as the service lists it.
 *
 * @param source the object as it came, on one line
 * @param id its place in the store's order
 * @param payload the JSON value as it came
 * @param receivedTime RFC 3339
 * @param isErased whether it has no payload any more
 */
record Listed(
    String source,
    long id,
    String eventId,
    String type,
    String payload,
    String receivedTime,
    @Nullable String eventKey,
    @Nullable String traceparent,
    boolean isErased) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int TO_THE_SECOND = "2026-01-31T12:00:00".length();

  /** {@code 4711 2026-01-31T12:00:00Z order.created ID "payload…}. */
  String line() {
    String shown = isErased ? "erased" : payload;
    return Stream.of(Long.toString(id), time(), type, eventId, shown)
        .map(Visible::line)
        .collect(Collectors.joining("  "));
  }

  private String time() {
    return receivedTime.length() > TO_THE_SECOND
        ? receivedTime.substring(0, TO_THE_SECOND) + 'Z'
        : receivedTime;
  }

  /** The whole of it, a line a member. */
  String page() {
    var page = new StringBuilder();
    row(page, "id", Long.toString(id));
    row(page, "event id", eventId);
    row(page, "key", eventKey == null ? "-" : eventKey);
    row(page, "type", type);
    row(page, "received", receivedTime);
    if (traceparent != null) {
      row(page, "trace", traceparent);
    }
    row(page, "payload", isErased ? "erased" : payload);
    return page.toString().stripTrailing();
  }

  private static void row(StringBuilder page, String what, String words) {
    page.append("%-9s %s%n".formatted(what, Visible.of(words)));
  }

  /** The event in the form in which it is sent, under the same id. */
  String asSent() {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField(Wire.EVENT_ID, eventId);
      json.writeStringField(Wire.EVENT_TYPE, type);
      if (eventKey != null) {
        json.writeStringField(Wire.EVENT_KEY, eventKey);
      }
      if (traceparent != null) {
        json.writeStringField(Wire.TRACEPARENT, traceparent);
      }
      json.writeFieldName(Wire.EVENT_PAYLOAD);
      json.writeRawValue(payload);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString();
  }
}
