package io.messagerelay.consumer.http;

import io.messagerelay.consumer.app.RunningConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One number of a consumer's {@code /metrics}. */
final class Metric {
  private Metric() {}

  static double of(RunningConsumer consumer, String name) {
    String text = consumer.get("/metrics").body();
    Matcher line = Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\S+)$").matcher(text);
    if (!line.find()) {
      throw new AssertionError("no metric " + name + " in " + text);
    }
    return Double.parseDouble(line.group(1));
  }

  /** How often a limit has turned somebody away. */
  static double limited(RunningConsumer consumer, String limit) {
    return of(consumer, "message_relay_limited_total{limit=\"" + limit + "\"}");
  }
}
