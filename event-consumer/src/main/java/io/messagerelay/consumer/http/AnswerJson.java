package io.messagerelay.consumer.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.messagerelay.consumer.store.Refusal;
import io.messagerelay.consumer.store.StoredEvent;
import io.messagerelay.contract.Event;
import io.messagerelay.contract.Fault;
import io.messagerelay.contract.Payload;
import io.messagerelay.contract.Wire;
import io.messagerelay.contract.Wire.ItemStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the JSON of every answer. */
final class AnswerJson {
  private static final JsonFactory JSON = new JsonFactory();

  /** RFC 3339 in UTC, always with six digits behind the point. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private AnswerJson() {}

  interface Content {
    void writeTo(JsonGenerator json) throws IOException;
  }

  static byte[] bytes(Content content) {
    var bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      content.writeTo(json);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /** {@code {"status":"success","event_id":…,"id":…}}, and {@code "duplicate":true}. */
  static byte[] success(String eventId, long position, boolean duplicate) {
    return bytes(
        json -> {
          json.writeStartObject();
          json.writeStringField(Wire.STATUS, Wire.SUCCESS);
          json.writeStringField(Wire.EVENT_ID, eventId);
          json.writeNumberField(Wire.ID, position);
          if (duplicate) {
            json.writeBooleanField(Wire.DUPLICATE, true);
          }
          json.writeEndObject();
        });
  }

  /** {@code {"results":[…]}}. */
  static byte[] batch(List<ItemResult> results) {
    return bytes(
        json -> {
          json.writeStartObject();
          writeResults(json, results);
          json.writeEndObject();
        });
  }

  static byte[] problem(Problem problem) {
    return bytes(
        json -> {
          json.writeStartObject();
          json.writeStringField("type", problem.kind().type());
          json.writeStringField("title", problem.kind().title());
          json.writeNumberField(Wire.STATUS, problem.kind().status());
          json.writeStringField(Wire.DETAIL, problem.detail());
          if (!problem.errors().isEmpty()) {
            writeErrors(json, problem.errors());
          }
          if (!problem.results().isEmpty()) {
            writeResults(json, problem.results());
          }
          json.writeEndObject();
        });
  }

  private static void writeResults(JsonGenerator json, List<ItemResult> results)
      throws IOException {
    json.writeArrayFieldStart(Wire.RESULTS);
    for (ItemResult result : results) {
      json.writeStartObject();
      json.writeStringField(Wire.STATUS, result.status().word());
      writeOptional(json, Wire.EVENT_ID, result.eventId());
      if (result.status() == ItemStatus.REJECTED) {
        writeErrors(json, result.errors());
      } else {
        json.writeNumberField(Wire.ID, result.position());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeErrors(JsonGenerator json, List<Fault> errors) throws IOException {
    json.writeArrayFieldStart(Wire.ERRORS);
    for (Fault error : errors) {
      json.writeStartObject();
      json.writeStringField(Wire.POINTER, error.pointer());
      json.writeStringField(Wire.DETAIL, error.detail());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static byte[] events(List<StoredEvent> events) {
    return bytes(
        json -> {
          json.writeStartArray();
          for (StoredEvent event : events) {
            writeEvent(json, event);
          }
          json.writeEndArray();
        });
  }

  static byte[] event(StoredEvent event) {
    return bytes(json -> writeEvent(json, event));
  }

  /**
   * As {@link #event}, with a line feed behind it and none in it: a payload is given back as it
   * came, and outside of its texts, where both stand for themselves, JSON takes a blank for either.
   */
  static byte[] eventLine(StoredEvent event) {
    byte[] json = event(event);
    byte[] line = Arrays.copyOf(json, json.length + 1);
    for (int i = 0; i < json.length; i++) {
      line[i] = json[i] == '\n' || json[i] == '\r' ? (byte) ' ' : json[i];
    }
    line[json.length] = '\n';
    return line;
  }

  private static void writeEvent(JsonGenerator json, StoredEvent stored) throws IOException {
    Event event = stored.event();
    json.writeStartObject();
    json.writeNumberField(Wire.ID, stored.position());
    json.writeStringField(Wire.EVENT_ID, event.id());
    json.writeStringField("type", event.type());
    json.writeFieldName("payload");
    writePayload(json, event.payload());
    json.writeStringField("received_time", TIME.format(stored.receivedTime()));
    writeOptional(json, Wire.EVENT_KEY, event.key());
    writeOptional(json, Wire.TRACEPARENT, event.traceparent());
    if (stored.erasedTime() != null) {
      json.writeBooleanField("erased", true);
      json.writeStringField("erased_time", TIME.format(stored.erasedTime()));
    }
    json.writeEndObject();
  }

  static byte[] refusals(List<Refusal.Kept> refusals) {
    return bytes(
        json -> {
          json.writeStartArray();
          for (Refusal.Kept kept : refusals) {
            writeRefusal(json, kept.number(), kept.refusal());
          }
          json.writeEndArray();
        });
  }

  private static void writeRefusal(JsonGenerator json, long number, Refusal refusal)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField(Wire.ID, number);
    json.writeStringField("time", TIME.format(refusal.time()));
    json.writeStringField("account", refusal.account());
    writeOptional(json, Wire.EVENT_ID, refusal.eventId());
    writeOptional(json, "type", refusal.type());
    json.writeArrayFieldStart("reasons");
    for (String reason : refusal.reasons()) {
      json.writeString(reason);
    }
    json.writeEndArray();
    json.writeStringField("beginning", refusal.beginning());
    json.writeEndObject();
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
