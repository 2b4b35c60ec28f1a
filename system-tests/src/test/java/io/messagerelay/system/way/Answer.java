package io.messagerelay.system.way;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** An answer, whoever made it. */
record Answer(int status, Map<String, String> headers, byte[] body) {
  private static final List<Integer> BROKEN = List.of(500, 502, 504);

  private static Answer of(int status, Map<String, String> headers, String body) {
    return new Answer(status, headers, body.getBytes(UTF_8));
  }

  static Answer empty(int status, Map<String, String> headers) {
    return of(status, headers, "");
  }

  /** What a gateway or a login page says. */
  static Answer page(int status) {
    return of(status, Map.of("Content-Type", "text/html"), "<html><h1>gateway</h1></html>");
  }

  /** One of those of a gateway or a server that has failed. */
  static Answer broken(RandomGenerator random) {
    return page(BROKEN.get(random.nextInt(BROKEN.size())));
  }

  /** Asks for a wait: a short one, or one that nobody can mean. */
  static Answer busy(int status, RandomGenerator random) {
    List<String> waits =
        List.of("0", "1", "-1", "soon", date(-60), date(1), date(100 * 24 * 60 * 60));
    return empty(status, Map.of("Retry-After", waits.get(random.nextInt(waits.size()))));
  }

  private static String date(int secondsFromNow) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(
        ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(secondsFromNow));
  }

  boolean isSuccess() {
    return status / 100 == 2;
  }

  String text() {
    return new String(body, UTF_8);
  }

  Answer with(String otherText) {
    return of(status, headers, otherText);
  }

  Answer withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, more, body);
  }

  /** As it goes out. */
  byte[] bytes() {
    var head = new StringBuilder("HTTP/1.1 " + status + " Words\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (status != 204) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.append("\r\n").toString().getBytes(ISO_8859_1));
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }
}
