package io.messagerelay.contract;

import java.nio.charset.StandardCharsets;

/**
 * A JSON value where it lies in what came.
 *
 * @param bytes UTF-8, of which this is a part; never changed
 * @param from inclusive
 * @param to exclusive
 */
public record JsonText(byte[] bytes, int from, int to) {
  static JsonText of(byte[] bytes) {
    return new JsonText(bytes, 0, bytes.length);
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
