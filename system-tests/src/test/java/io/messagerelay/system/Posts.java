package io.messagerelay.system;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Bodies for {@code POST /event}. */
final class Posts {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Posts() {}

  /** One event alone; several as an array. Every payload begins with its event's id. */
  static String of(List<String> ids, String payload) {
    if (ids.size() == 1) {
      return event(ids.getFirst(), payload).toString();
    }
    var array = JSON.createArrayNode();
    ids.forEach(id -> array.add(event(id, payload)));
    return array.toString();
  }

  private static ObjectNode event(String id, String payload) {
    return JSON.createObjectNode()
        .put("event_id", id)
        .put("event_type", "written")
        .put("event_payload", id + " " + payload);
  }
}
