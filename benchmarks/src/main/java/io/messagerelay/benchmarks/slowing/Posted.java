package io.messagerelay.benchmarks.slowing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.messagerelay.contract.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The events of one request, by their ids: an object, or an array of objects.
 *
 * @param batch whether they came as an array, which is answered with a result for each
 */
record Posted(boolean batch, List<String> ids) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int CREATED = 201;
  private static final int OK = 200;

  Posted {
    ids = List.copyOf(ids);
  }

  static Posted read(byte[] body) throws IOException {
    try (JsonParser json = JSON.createParser(body)) {
      boolean batch = json.nextToken() == JsonToken.START_ARRAY;
      List<String> ids = new ArrayList<>();
      if (batch) {
        while (json.nextToken() == JsonToken.START_OBJECT) {
          ids.add(id(json));
        }
      } else {
        ids.add(id(json));
      }
      return new Posted(batch, ids);
    }
  }

  private static String id(JsonParser json) throws IOException {
    String id = "";
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean found = json.currentName().equals(Wire.EVENT_ID);
      json.nextToken();
      id = found ? json.getText() : id;
      json.skipChildren();
    }
    return id;
  }

  int status() {
    return batch ? OK : CREATED;
  }

  /**
   * Says that all of them are stored.
   *
   * @param first the first one's position in the store
   */
  byte[] answer(long first) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      if (!batch) {
        writeResult(json, Wire.SUCCESS, ids.getFirst(), first);
        return flushed(json, bytes);
      }
      json.writeStartObject();
      json.writeArrayFieldStart(Wire.RESULTS);
      long position = first;
      for (String id : ids) {
        writeResult(json, Wire.ItemStatus.STORED.word(), id, position++);
      }
      json.writeEndArray();
      json.writeEndObject();
      return flushed(json, bytes);
    }
  }

  private static byte[] flushed(JsonGenerator json, ByteArrayOutputStream bytes)
      throws IOException {
    json.flush();
    return bytes.toByteArray();
  }

  private static void writeResult(JsonGenerator json, String status, String id, long position)
      throws IOException {
    json.writeStartObject();
    json.writeStringField(Wire.STATUS, status);
    json.writeStringField(Wire.EVENT_ID, id);
    json.writeNumberField(Wire.ID, position);
    json.writeEndObject();
  }
}
