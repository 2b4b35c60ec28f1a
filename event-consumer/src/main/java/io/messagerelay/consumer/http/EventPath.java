package io.messagerelay.consumer.http;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The path of one event: its id percent-encoded, also a slash, a dot or a blank in it. */
final class EventPath {
  private static final String PREFIX = "/event/";

  private EventPath() {}

  static String of(String eventId) {
    return PREFIX + URLEncoder.encode(eventId, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The id in a path of this form; a semicolon or plus is one. What is not UTF-8 names nothing. */
  static String idIn(String path) {
    String encoded = path.substring(PREFIX.length()).replace("+", "%2B");
    return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
  }
}
