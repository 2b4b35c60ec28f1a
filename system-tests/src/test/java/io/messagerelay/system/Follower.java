package io.messagerelay.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A reader that follows the list by its cursor, a page from each of its consumers in turn. Used by
 * one thread.
 */
final class Follower {
  private static final int PAGE = 50;

  private final List<ConsumerApi> consumers;
  private final String token;
  private final List<JsonNode> seen = new ArrayList<>();

  /**
   * @param consumers of one store, at least one
   */
  Follower(String token, ConsumerApi... consumers) {
    this.token = token;
    this.consumers = List.of(consumers);
  }

  /** Goes on at the last cursor it was given, until all have written and a page is empty. */
  Follower follow(BooleanSupplier allHaveWritten) {
    String at = ConsumerApi.list(PAGE);
    boolean more = true;
    for (int turn = 0; more; turn++) {
      boolean lastLook = allHaveWritten.getAsBoolean();
      ConsumerApi.Page page = consumers.get(turn % consumers.size()).page(token, at);
      seen.addAll(page.events());
      at = page.next().orElse(at);
      more = !lastLook || !page.events().isEmpty();
    }
    return this;
  }

  Stream<Long> positions() {
    return seen.stream().map(event -> event.get("id").asLong());
  }

  Stream<String> eventIds() {
    return seen.stream().map(event -> event.get("event_id").asText());
  }

  /** When each was received, as text that sorts as the times do. */
  List<String> receivedTimes() {
    return seen.stream().map(event -> event.get("received_time").asText()).toList();
  }
}
