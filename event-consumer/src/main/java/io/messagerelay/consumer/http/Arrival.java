package io.messagerelay.consumer.http;

import io.messagerelay.consumer.http.Checked.Bad;
import io.messagerelay.consumer.http.Checked.Good;
import io.messagerelay.contract.BodyReading;
import io.messagerelay.contract.EventJson;
import io.messagerelay.contract.Wire;
import io.vertx.core.MultiMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a {@code POST /event} say about what is coming.
 *
 * @param sender who sends it
 * @param ndjson one event a line; otherwise one JSON document
 * @param idempotencyKey the id of the one event; {@code null} when the body tells it
 */
record Arrival(Sender sender, boolean ndjson, @Nullable String idempotencyKey) {

  static Checked<Arrival> of(Sender sender, MultiMap headers) {
    return Negotiation.acceptsJson(headers)
        .then(_ -> Negotiation.bodyType(headers, List.of(Wire.JSON, Wire.NDJSON)))
        .then(type -> of(sender, type.equals(Wire.NDJSON), headers));
  }

  private static Checked<Arrival> of(Sender sender, boolean ndjson, MultiMap headers) {
    List<String> keys = headers.getAll(Wire.IDEMPOTENCY_KEY);
    if (keys.size() > 1) {
      return bad("there is more than one Idempotency-Key header");
    }
    String key = keys.isEmpty() ? null : unquoted(keys.getFirst());
    if (key != null && !key.chars().allMatch(sign -> sign < 0x7F)) {
      return bad("an Idempotency-Key is in ASCII; any other id stands in the event");
    }
    return ndjson && key != null
        ? new Bad<>(keyWithBatch())
        : new Good<>(new Arrival(sender, ndjson, key));
  }

  private static <T> Checked<T> bad(String detail) {
    return new Bad<>(Problem.of(Problem.Kind.INVALID_REQUEST, detail));
  }

  /** One key cannot name many events. */
  static Problem keyWithBatch() {
    return Problem.of(
        Problem.Kind.INVALID_REQUEST,
        "Idempotency-Key is for one event; the events of a batch bring an event_id each");
  }

  /** The key is a structured string, in quotes; without them it is taken as it is (RFC 9651). */
  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? unescaped(value.substring(1, value.length() - 1)) : value;
  }

  private static String unescaped(String text) {
    return text.replaceAll("\\\\([\"\\\\])", "$1");
  }

  BodySink<BodyReading> sink(EventJson json) {
    return ndjson
        ? new NdjsonLines(json)
        : new WholeBody<>(bytes -> json.readBody(bytes, idempotencyKey));
  }
}
