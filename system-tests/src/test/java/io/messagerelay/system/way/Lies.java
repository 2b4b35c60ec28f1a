package io.messagerelay.system.way;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;

/** What can be made of the consumer's words. A lie that does not fit them is the truth. */
final class Lies {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Lies() {}

  static String truncated(String truth) {
    return truth.substring(0, truth.length() / 2);
  }

  static String otherIds(String truth) {
    return truth.replace("\"event_id\":\"", "\"event_id\":\"other-");
  }

  /** Without the last, or without the only one. */
  static String fewerResults(String truth) {
    try {
      JsonNode answer = JSON.readTree(truth);
      if (answer.get("results") instanceof ArrayNode results && !results.isEmpty()) {
        results.remove(results.size() - 1);
        return answer.toString();
      }
      return "{\"results\":[]}";
    } catch (JsonProcessingException e) {
      return truth;
    }
  }
}
