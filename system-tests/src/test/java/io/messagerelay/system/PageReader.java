package io.messagerelay.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A reader of pages that goes on at the next consumer where one is away. Used by one thread. */
final class PageReader implements Callable<PageReader> {
  private static final int PAGE = 50;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final List<ConsumerApi> consumers;
  private final String token;
  private final int wanted;
  private final List<JsonNode> seen = new ArrayList<>();
  private String at = ConsumerApi.list(PAGE);

  /**
   * @param wanted ends with so many events
   * @param consumers of one store, at least one
   */
  PageReader(String token, int wanted, ConsumerApi... consumers) {
    this.token = token;
    this.wanted = wanted;
    this.consumers = List.of(consumers);
  }

  @Override
  public PageReader call() {
    for (int turn = 0; seen.size() < wanted; turn++) {
      if (!read(consumers.get(turn % consumers.size()))) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    return this;
  }

  /** Whether there was something new. */
  private boolean read(ConsumerApi consumer) {
    try {
      HttpResponse<String> answer = consumer.get(token, at);
      if (answer.statusCode() != 200) {
        return false;
      }
      ConsumerApi.Page page = ConsumerApi.Page.of(answer);
      seen.addAll(page.events());
      at = page.next().orElse(at);
      return !page.events().isEmpty();
    } catch (IOException away) {
      return false;
    }
  }

  Stream<Long> positions() {
    return seen.stream().map(event -> event.get("id").asLong());
  }
}
