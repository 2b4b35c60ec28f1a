package io.messagerelay.propagator.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.messagerelay.propagator.auth.Outcome.Reply;
import io.messagerelay.propagator.spool.SpooledEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * A consumer that stores each event once, in the order in which requests come, and whose mood
 * changes: it may be busy, broken, of little patience with large requests, or lie.
 */
final class SimulatedConsumer {
  /** How it answers for a while. */
  enum Mood {
    WELL,
    BUSY,
    BROKEN,
    NARROW,
    SET_WRONGLY,
    LYING
  }

  private static final int NARROW_EVENTS = 3;

  private final RandomGenerator random;
  private final Set<String> refused;
  private final Ailments ailments;
  private final Set<String> stored = new HashSet<>();
  private final List<String> inOrder = new ArrayList<>();
  private Mood mood = Mood.WELL;

  /**
   * @param refused the ids of events that it will never take
   */
  SimulatedConsumer(RandomGenerator random, Set<String> refused, Ailments ailments) {
    this.ailments = ailments;
    this.random = random;
    this.refused = refused;
  }

  void feel(Mood now) {
    mood = now;
  }

  /** The ids of what it has stored, in its order. */
  List<String> stored() {
    return inOrder;
  }

  boolean hasStored(String id) {
    return stored.contains(id);
  }

  /** Takes a request. The answer may still get lost; empty when the consumer breaks it off. */
  Optional<Reply> answer(List<SpooledEvent> batch) {
    if (!ailments.poison(batch)) {
      return Optional.of(moody(batch));
    }
    return random.nextBoolean()
        ? Optional.empty()
        : Optional.of(reply(500 + random.nextInt(5), Optional.empty(), "<html>"));
  }

  private Reply moody(List<SpooledEvent> batch) {
    return switch (mood) {
      case WELL -> store(batch);
      case BUSY -> reply(random.nextBoolean() ? 429 : 503, asked(), "");
      case BROKEN -> broken(batch);
      case NARROW -> batch.size() > NARROW_EVENTS ? reply(413, Optional.empty(), "") : store(batch);
      case SET_WRONGLY ->
          reply(List.of(401, 403, 404, 405).get(random.nextInt(4)), Optional.empty(), "");
      case LYING -> lie(batch);
    };
  }

  private Optional<Duration> asked() {
    return random.nextBoolean()
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(random.nextLong(5_000)));
  }

  /** Fails before or after the commit. */
  private Reply broken(List<SpooledEvent> batch) {
    if (random.nextBoolean()) {
      store(batch);
    }
    return reply(500 + random.nextInt(5), Optional.empty(), "<html>");
  }

  /** Nothing of this is a word that the events are stored, and nothing is. */
  private Reply lie(List<SpooledEvent> batch) {
    String truth = words(batch, "stored");
    String lie =
        switch (random.nextInt(7)) {
          case 0 -> "";
          case 1 -> "<html>welcome</html>";
          case 2 -> truth.substring(0, truth.length() / 2);
          case 3 -> truth.replace("\"event_id\":\"", "\"event_id\":\"other-");
          case 4 -> "{\"results\":[]}";
          case 5 ->
              truth
                  .replace("stored", "accepted")
                  .replace("success", "accepted")
                  .replace("event_id", "id");
          default -> truth + truth;
        };
    int status = List.of(200, 200, 201, 202, 204, 301, 307).get(random.nextInt(7));
    return reply(status, Optional.empty(), lie);
  }

  private Reply store(List<SpooledEvent> batch) {
    if (batch.size() == 1) {
      return one(batch.getFirst());
    }
    String results = batch.stream().map(this::result).collect(Collectors.joining(","));
    return reply(200, Optional.empty(), "{\"results\":[" + results + "]}");
  }

  private Reply one(SpooledEvent event) {
    String status = outcome(event);
    return switch (status) {
      case "rejected" -> reply(400, Optional.empty(), "{\"errors\":[]}");
      case "duplicate" ->
          reply(200, Optional.empty(), single(event).replace("}", ",\"duplicate\":true}"));
      default -> reply(201, Optional.empty(), single(event));
    };
  }

  private String outcome(SpooledEvent event) {
    if (refused.contains(event.eventId())) {
      return "rejected";
    }
    if (!stored.add(event.eventId())) {
      return "duplicate";
    }
    inOrder.add(event.eventId());
    return "stored";
  }

  private String result(SpooledEvent event) {
    return result(event, outcome(event));
  }

  private static String result(SpooledEvent event, String status) {
    return "{\"status\":\"%s\",\"event_id\":\"%s\"}".formatted(status, event.eventId());
  }

  private static String single(SpooledEvent event) {
    return "{\"status\":\"success\",\"event_id\":\"%s\",\"id\":7}".formatted(event.eventId());
  }

  private static String words(List<SpooledEvent> batch, String status) {
    return batch.size() == 1
        ? single(batch.getFirst())
        : batch.stream()
            .map(event -> result(event, status))
            .collect(Collectors.joining(",", "{\"results\":[", "]}"));
  }

  private static Reply reply(int status, Optional<Duration> retryAfter, String body) {
    return new Reply(status, retryAfter, body.getBytes(UTF_8));
  }

  /** A mood, well more often than not. */
  static Mood moodOf(RandomGenerator random) {
    Mood[] all = Mood.values();
    return random.nextBoolean() ? Mood.WELL : all[random.nextInt(all.length)];
  }
}
