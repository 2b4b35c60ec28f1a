package io.messagerelay.consumer.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.LongAdder;

/** What clients were told of their events, added up. Shared by threads. */
final class ToldBooks {
  final LongAdder stored = new LongAdder();
  final LongAdder duplicate = new LongAdder();
  final LongAdder rejected = new LongAdder();
  final LongAdder conflict = new LongAdder();
  final LongAdder unreadable = new LongAdder();
  final LongAdder putOffRequests = new LongAdder();
  final LongAdder putOffEvents = new LongAdder();
  final LongAdder committedRequests = new LongAdder();

  /**
   * @param events in the request, bad ones among them
   * @param good of those that are valid
   */
  void tell(int events, int good, HttpResponse<String> answer) {
    int status = answer.statusCode();
    if (status == 503) {
      putOffRequests.increment();
      putOffEvents.add(Math.max(1, events));
      return;
    }
    if (good > 0 && status != 401 && status != 415) {
      committedRequests.increment();
    }
    switch (status) {
      case 200, 400 -> tell(Api.json(answer));
      case 201 -> stored.increment();
      case 422 -> conflict.increment();
      case 401, 415 -> {}
      default -> throw new AssertionError(status + " " + answer.body());
    }
  }

  private void tell(JsonNode told) {
    if (told.has("results")) {
      told.get("results").forEach(this::item);
    } else if (told.path("duplicate").asBoolean()) {
      duplicate.increment();
    } else if (told.get("type").asText().endsWith(":invalid-event")) {
      rejected.increment();
    } else {
      unreadable.increment();
    }
  }

  private void item(JsonNode item) {
    LongAdder kind =
        switch (item.get("status").asText()) {
          case "stored" -> stored;
          case "duplicate" -> duplicate;
          default ->
              item.at("/errors/0/detail").asText().startsWith("is taken by") ? conflict : rejected;
        };
    kind.increment();
  }
}
