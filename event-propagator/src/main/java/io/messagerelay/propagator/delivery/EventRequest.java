package io.messagerelay.propagator.delivery;

import io.messagerelay.contract.Wire;
import io.messagerelay.propagator.spool.SpooledEvent;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;

/**
 * The request for a batch: one event as the JSON object it is, several as an array. {@code
 * Relay-Attempt} says how often the event was tried that was tried most, this time included, and
 * {@code Relay-Report} how this relay stands; an event that goes alone brings its {@code
 * traceparent} along as a header too.
 */
final class EventRequest {
  private EventRequest() {}

  static HttpRequest.Builder of(Receiver receiver, List<SpooledEvent> batch) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(receiver.endpoint().uri())
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, application/problem+json")
            .header("User-Agent", receiver.userAgent())
            .header("Relay-Attempt", String.valueOf(mostAttempts(batch)))
            .POST(BodyPublishers.ofByteArray(body(batch)));
    receiver.report().get().ifPresent(it -> request.header("Relay-Report", it));
    if (receiver.traces().isOn()) {
      request.header(Wire.RELAY_TRACE, Wire.TRUE);
    }
    if (batch.size() == 1) {
      receiver
          .traces()
          .traceparent(batch.getFirst())
          .ifPresent(it -> request.header(Wire.TRACEPARENT, it));
    }
    if (receiver.acknowledge() == Acknowledge.STATUS) {
      addIdempotencyKey(request, batch);
    }
    return request;
  }

  private static int mostAttempts(List<SpooledEvent> batch) {
    return batch.stream().mapToInt(SpooledEvent::attempts).max().orElseThrow();
  }

  /** For receivers that know the header and not our body. Not every id fits into a header. */
  private static void addIdempotencyKey(HttpRequest.Builder request, List<SpooledEvent> batch) {
    if (batch.size() != 1) {
      throw new IllegalArgumentException("ACKNOWLEDGE=status: one event a request");
    }
    String id = batch.getFirst().eventId();
    if (id.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
      request.header("Idempotency-Key", id);
    }
  }

  /** One array with its length, so that it goes out in one piece. */
  private static byte[] body(List<SpooledEvent> batch) {
    if (batch.size() == 1) {
      return batch.getFirst().body();
    }
    ByteArrayOutputStream array = new ByteArrayOutputStream();
    char separator = '[';
    for (SpooledEvent event : batch) {
      array.write(separator);
      array.writeBytes(event.body());
      separator = ',';
    }
    array.write(']');
    return array.toByteArray();
  }
}
