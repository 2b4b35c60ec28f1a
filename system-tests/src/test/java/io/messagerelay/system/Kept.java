package io.messagerelay.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * An event that is stored, as the answer to its post says.
 *
 * @param id its position
 * @param duplicate whether it was stored before
 */
record Kept(String eventId, long id, boolean duplicate) {

  /** What a 2xx says, an event each. */
  static List<Kept> in(HttpResponse<String> answer) {
    JsonNode body = ConsumerApi.tree(answer);
    return switch (answer.statusCode()) {
      case 201 -> List.of(of(body, false));
      case 200 ->
          body.has("results")
              ? StreamSupport.stream(body.get("results").spliterator(), false)
                  .map(result -> of(result, isDuplicate(result)))
                  .toList()
              : List.of(of(body, body.get("duplicate").asBoolean()));
      default -> throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    };
  }

  private static Kept of(JsonNode said, boolean duplicate) {
    return new Kept(said.get("event_id").asText(), said.get("id").asLong(), duplicate);
  }

  private static boolean isDuplicate(JsonNode result) {
    return switch (result.get("status").asText()) {
      case "stored" -> false;
      case "duplicate" -> true;
      default -> throw new IllegalStateException("not stored: " + result);
    };
  }
}
