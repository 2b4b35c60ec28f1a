package io.messagerelay.browser;

import com.microsoft.playwright.Route;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Answers of {@code GET /overview}. */
final class Overviews {
  private static final int SAMPLES = 120;
  private static final int SAMPLE_SECONDS = 5;

  private Overviews() {}

  /** Busy, with one propagator of which nothing was heard for twelve minutes, and another. */
  static Route.FulfillOptions silent() {
    Instant now = Instant.now();
    String propagators =
        """
        {"name": "host-a/main", "pending": 339, "age_seconds": 240, "dead": 2, "seen": "%s"},
        {"name": "host-b/outbox", "pending": 0, "age_seconds": null, "dead": 0, "seen": "%s"}
        """
            .formatted(now.minusSeconds(740), now);
    return answer(
        now,
        "\"ready\": true, \"obstacle\": null",
        "{\"p50\": 0.00085, \"p99\": 0.0061}",
        samples(now),
        propagators);
  }

  /** Just started, and its store is away. */
  static Route.FulfillOptions idle() {
    String state = "\"ready\": false, \"obstacle\": \"the store cannot commit\"";
    return answer(Instant.now(), state, "null", "", "");
  }

  private static String samples(Instant now) {
    return IntStream.range(0, SAMPLES)
        .mapToObj(i -> sample(now.minusSeconds((long) (SAMPLES - i) * SAMPLE_SECONDS), i))
        .collect(Collectors.joining(","));
  }

  private static String sample(Instant time, int i) {
    long stored = Math.round(60 + 40 * Math.sin(i / 9.0) + (i % 7) * 4);
    String commit = i % 40 == 7 ? "null" : "%.5f".formatted(0.0008 + (i % 11) * 0.00001);
    return """
    {"time": "%s", "stored": %d, "refused": %d, "commit_p50": %s, "commit_p99": %s, "queue": 0}
    """
        .formatted(time, stored, i % 13, commit, commit.equals("null") ? "null" : "0.0061");
  }

  private static Route.FulfillOptions answer(
      Instant now, String state, String commit, String samples, String propagators) {
    String body =
        """
        {"time": "%s", "version": "0.1.0", "store": "var/store.db", %s,
         "queue": {"events": 1234, "bytes": 4096}, "per_second": {"stored": 12.5, "refused": 0.0},
         "commit_seconds": %s, "samples": [%s], "propagators": [%s]}
        """
            .formatted(now, state, commit, samples, propagators);
    return new Route.FulfillOptions().setContentType("application/json").setBody(body);
  }
}
