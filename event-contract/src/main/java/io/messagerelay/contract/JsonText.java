package io.messagerelay.contract;

import com.fasterxml.jackson.core.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A JSON value where it lies in what came.
 *
 * @param bytes UTF-8, of which this is a part; never changed
 * @param from inclusive
 * @param to exclusive
 */
public record JsonText(byte[] bytes, int from, int to) {
  /** As deep as a payload can be: the event around it is one level more. */
  private static final StrictJson PAYLOAD = new StrictJson(EventLimits.JSON_DEPTH - 1);

  static JsonText of(byte[] bytes) {
    return new JsonText(bytes, 0, bytes.length);
  }

  /** Why a text is not one JSON value, as a payload may be; empty when it is. */
  public static Optional<String> fault(String text) {
    return Optional.ofNullable(
            PAYLOAD.read(text.getBytes(StandardCharsets.UTF_8), JsonParser::skipChildren))
        .map(Fault::detail);
  }

  /** In bytes. */
  public int length() {
    return to - from;
  }

  /** A part of the same bytes. */
  String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
