package io.messagerelay.consumer.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.messagerelay.consumer.query.EventView;
import io.messagerelay.consumer.query.Rfc3339;
import io.messagerelay.consumer.store.Refusal;
import io.messagerelay.consumer.store.StoredEvent;
import io.messagerelay.contract.Fault;
import io.messagerelay.contract.Wire;
import io.messagerelay.contract.Wire.ItemStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the JSON of every answer. */
final class AnswerJson {
  private static final JsonFactory JSON = new JsonFactory();

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

  /**
   * The same problem with the id of its request.
   *
   * @param requestId nothing that JSON would write otherwise
   */
  static byte[] named(byte[] problem, String requestId) {
    byte[] member = (",\"request_id\":\"" + requestId + "\"}").getBytes(StandardCharsets.US_ASCII);
    int end = problem.length - 1;
    byte[] named = Arrays.copyOf(problem, end + member.length);
    System.arraycopy(member, 0, named, end, member.length);
    return named;
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
            EventView.write(json, event);
          }
          json.writeEndArray();
        });
  }

  static byte[] event(StoredEvent event) {
    return bytes(json -> EventView.write(json, event));
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
    json.writeStringField("time", Rfc3339.text(refusal.time()));
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

  private static void writeOptional(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }
}
