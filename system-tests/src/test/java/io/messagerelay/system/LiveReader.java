package io.messagerelay.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A reader of the live stream. Wherever one ends it goes on at the next consumer, with the last id
 * it was given. Used by one thread.
 */
final class LiveReader implements Callable<LiveReader> {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final List<ConsumerApi> consumers;
  private final String token;
  private final int wanted;
  private final List<JsonNode> seen = new ArrayList<>();
  private final List<String> frame = new ArrayList<>();
  private String lastId = "";
  private int streams;

  /**
   * @param wanted ends with so many events
   * @param consumers of one store, at least one
   */
  LiveReader(String token, int wanted, ConsumerApi... consumers) {
    this.token = token;
    this.wanted = wanted;
    this.consumers = List.of(consumers);
  }

  @Override
  public LiveReader call() {
    for (int turn = 0; seen.size() < wanted; turn++) {
      try {
        read(consumers.get(turn % consumers.size()));
      } catch (IOException | UncheckedIOException away) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    return this;
  }

  private void read(ConsumerApi consumer) throws IOException {
    HttpResponse<Stream<String>> answer = consumer.live(token, "/event?from=start", lastId);
    try (Stream<String> lines = answer.body()) {
      if (answer.statusCode() == 200) {
        streams++;
        frame.clear();
        lines.iterator().forEachRemaining(this::take);
      } else {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    } catch (Enough _) {
      return;
    }
  }

  /** Ends a stream that does not. */
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** A frame counts once its empty line has come; one that is cut off counts for nothing. */
  private void take(String line) {
    if (!line.isEmpty()) {
      frame.add(line);
      return;
    }
    value("id: ").ifPresent(id -> lastId = id);
    value("data: ").map(ConsumerApi::tree).ifPresent(seen::add);
    frame.clear();
    if (seen.size() == wanted) {
      throw new Enough();
    }
  }

  private Optional<String> value(String name) {
    return frame.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()))
        .findFirst();
  }

  /** How many it needed. */
  int streams() {
    return streams;
  }

  Stream<Long> positions() {
    return seen.stream().map(event -> event.get("id").asLong());
  }

  Stream<String> eventIds() {
    return seen.stream().map(event -> event.get("event_id").asText());
  }
}
