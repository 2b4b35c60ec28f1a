package io.messagerelay.propagator.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.messagerelay.propagator.spool.SpooledEvent;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Events as they come out of a spool. */
final class Events {
  private Events() {}

  static SpooledEvent event(int number) {
    return event(number, "id-" + number);
  }

  static SpooledEvent event(int number, String id) {
    String body = "{\"event_id\":\"" + id + "\",\"event_type\":\"t\",\"event_payload\":\"é\"}";
    return new SpooledEvent(
        number,
        id,
        null,
        "file",
        "data.json[" + number + "]",
        body.getBytes(UTF_8),
        Instant.EPOCH,
        number);
  }

  /** Numbered from 1. */
  static List<SpooledEvent> events(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(Events::event).toList();
  }
}
