package io.messagerelay.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A reader that follows the list by its cursor, a page from each of its consumers in turn. Used by
 * one thread.
 */
final class Follower {
  private static final int PAGE = 50;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final ConsumerApi.Page NOTHING = new ConsumerApi.Page(List.of(), Optional.empty());

  private final List<ConsumerApi> consumers;
  private final String token;
  private final List<JsonNode> seen = new ArrayList<>();
  private final List<Answered> answers = new ArrayList<>();

  /**
   * @param consumers of one store, at least one
   */
  Follower(String token, ConsumerApi... consumers) {
    this.token = token;
    this.consumers = List.of(consumers);
  }

  /**
   * Goes on at the last cursor it was given, until all have written and a page is empty. Asks again
   * where it is put off.
   */
  Follower follow(BooleanSupplier allHaveWritten) throws IOException {
    String at = ConsumerApi.list(PAGE);
    boolean more = true;
    for (int turn = 0; more; turn++) {
      boolean lastLook = allHaveWritten.getAsBoolean();
      long asked = System.nanoTime();
      HttpResponse<String> answer = consumers.get(turn % consumers.size()).get(token, at);
      Answered answered = Answered.of(asked, answer);
      answers.add(answered);
      ConsumerApi.Page page = answered.isPutOff() ? NOTHING : ConsumerApi.Page.of(answer);
      seen.addAll(page.events());
      at = page.next().orElse(at);
      more = !lastLook || answered.isPutOff() || !page.events().isEmpty();
      if (page.events().isEmpty()) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    return this;
  }

  /** How each page was answered. */
  List<Answered> answers() {
    return answers;
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
