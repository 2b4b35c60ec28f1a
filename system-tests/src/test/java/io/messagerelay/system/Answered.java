package io.messagerelay.system;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * How a request was answered, and when.
 *
 * @param asked when it was sent, by {@link System#nanoTime}
 * @param at when its answer was there
 * @param retryAfter that header
 * @param said the body, unless all went well
 */
record Answered(long asked, long at, int status, Optional<String> retryAfter, String said) {

  /** A request. */
  interface Asking {
    HttpResponse<String> ask() throws IOException;
  }

  static Answered to(Asking asking) throws IOException {
    long asked = System.nanoTime();
    return of(asked, asking.ask());
  }

  /** To be called as soon as the answer is there. */
  static Answered of(long asked, HttpResponse<String> answer) {
    long at = System.nanoTime();
    boolean good = answer.statusCode() / 100 == 2;
    return new Answered(
        asked,
        at,
        answer.statusCode(),
        answer.headers().firstValue("Retry-After"),
        good ? "" : answer.body());
  }

  boolean isSuccess() {
    return status / 100 == 2;
  }

  /** 503, and when to come again. */
  boolean isPutOff() {
    return status == 503 && retryAfter.filter(delay -> delay.matches("[1-9]\\d*")).isPresent();
  }

  Duration took() {
    return Duration.ofNanos(at - asked);
  }

  @Override
  public String toString() {
    return "%d after %,d ms, Retry-After %s: %s"
        .formatted(status, took().toMillis(), retryAfter.orElse("missing"), said);
  }
}
