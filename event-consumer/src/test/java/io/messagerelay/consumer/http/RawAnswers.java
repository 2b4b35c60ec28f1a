package io.messagerelay.consumer.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What came on a connection: any number of answers. */
record RawAnswers(String text) {
  private static final Pattern STATUS = Pattern.compile("HTTP/\\d\\.\\d (\\d{3}) ");

  /** Of all answers, in order. */
  List<Integer> statuses() {
    return STATUS.matcher(text).results().map(found -> Integer.valueOf(found.group(1))).toList();
  }

  /** Of the first answer, by names in lower case; several of one name in one. */
  TreeMap<String, String> headers() {
    var headers = new TreeMap<String, String>();
    text.substring(0, text.indexOf("\r\n\r\n"))
        .lines()
        .skip(1)
        .map(line -> line.split(": ?", 2))
        .forEach(field -> headers.merge(lower(field[0]), field[1], (a, b) -> a + " & " + b));
    return headers;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Of the first answer, and all behind it. */
  String body() {
    return text.substring(text.indexOf("\r\n\r\n") + 4);
  }

  /** The first answer as a problem; fails where it is none. */
  JsonNode problem() {
    if (!"application/problem+json".equals(headers().get("content-type"))) {
      throw new AssertionError("no problem: " + text);
    }
    return Api.json(firstBody());
  }

  /** Of the first answer alone, where it says its length. */
  String firstBody() {
    int length = Integer.parseInt(headers().getOrDefault("content-length", "0"));
    return body().substring(0, length);
  }

  /** The last word of the problem's type. */
  String kind() {
    return problem().get("type").asText().replaceFirst(".*:", "");
  }
}
