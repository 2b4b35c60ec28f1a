package io.messagerelay.propagator.management;

import java.net.HttpURLConnection;

/**
 * What the management port answers.
 *
 * @param text ends with a line feed
 */
record Answer(int status, String contentType, String text) {
  private static final String WORDS = "text/plain; charset=utf-8";

  /** Prometheus' text format. */
  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

  static Answer ok(String words) {
    return words(HttpURLConnection.HTTP_OK, words);
  }

  /** Not now; the words say why. */
  static Answer unavailable(String words) {
    return words(HttpURLConnection.HTTP_UNAVAILABLE, words);
  }

  static Answer words(int status, String words) {
    return new Answer(status, WORDS, words + "\n");
  }

  static Answer metrics(String text) {
    return new Answer(HttpURLConnection.HTTP_OK, METRICS, text);
  }
}
