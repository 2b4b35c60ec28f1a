package io.messagerelay.consumer.app.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.messagerelay.contract.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads events as the service lists them. Members that it does not know are kept in the source. */
final class ListedJson {
  private static final JsonFactory JSON = new JsonFactory();

  private final byte[] text;
  private final JsonParser parser;

  private ListedJson(byte[] text, JsonParser parser) {
    this.text = text;
    this.parser = parser;
  }

  /**
   * @throws IOException when it is no list of events
   */
  static List<Listed> list(byte[] text) throws IOException {
    try (JsonParser parser = JSON.createParser(text)) {
      expect(parser, JsonToken.START_ARRAY);
      List<Listed> events = new ArrayList<>();
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        events.add(new ListedJson(text, parser).event());
      }
      return events;
    }
  }

  /**
   * @throws IOException when it is no event
   */
  static Listed one(byte[] text) throws IOException {
    try (JsonParser parser = JSON.createParser(text)) {
      expect(parser, JsonToken.START_OBJECT);
      return new ListedJson(text, parser).event();
    }
  }

  private static void expect(JsonParser parser, JsonToken expected) throws IOException {
    if (parser.nextToken() != expected) {
      throw new IOException("it is not what this service lists");
    }
  }

  private Listed event() throws IOException {
    long begin = parser.currentTokenLocation().getByteOffset();
    Map<String, String> texts = new HashMap<>();
    long id = -1;
    String payload = null;
    boolean isErased = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case Wire.ID -> id = parser.getLongValue();
        case "payload" -> payload = source();
        case "erased" -> isErased = value == JsonToken.VALUE_TRUE;
        default -> {
          if (value == JsonToken.VALUE_STRING) {
            texts.put(name, parser.getText());
          } else {
            parser.skipChildren();
          }
        }
      }
    }
    if (id < 0 || payload == null || !texts.keySet().containsAll(List.of(Wire.EVENT_ID, "type"))) {
      throw new IOException("an event of it has no id, event_id, type or payload");
    }
    return new Listed(
        slice(begin),
        id,
        Objects.requireNonNull(texts.get(Wire.EVENT_ID)),
        Objects.requireNonNull(texts.get("type")),
        payload,
        texts.getOrDefault("received_time", ""),
        texts.get(Wire.EVENT_KEY),
        texts.get(Wire.TRACEPARENT),
        isErased);
  }

  /** The value that begins here, as it stands there. */
  private String source() throws IOException {
    long begin = parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    parser.finishToken();
    return slice(begin);
  }

  /** From there to here, on one line: a line end stands between two members, as a blank may. */
  private String slice(long begin) {
    int from = Math.toIntExact(begin);
    int to = Math.toIntExact(parser.currentLocation().getByteOffset());
    return new String(text, from, to - from, UTF_8).replace('\n', ' ').replace('\r', ' ');
  }
}
