package io.messagerelay.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a propagator's management port says. Shared by threads; whoever opens one closes it. */
final class Management implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final int port;
  private final HttpClient client = HttpClient.newHttpClient();

  Management(int port) {
    this.port = port;
  }

  /** What a propagator has to be started with. */
  Map<String, String> settings() {
    return Map.of("MANAGEMENT_PORT", Integer.toString(port));
  }

  /** The status and the words; empty when nothing listens, or the answer broke off. */
  Optional<String> health(String of) {
    return ask("/health/" + of).map(it -> it.statusCode() + " " + it.body().strip());
  }

  /** Prometheus' text; empty when nothing listens or it is not told now. */
  Optional<String> metrics() {
    return ask("/metrics").filter(it -> it.statusCode() == 200).map(HttpResponse::body);
  }

  /** The books of one scrape. */
  static BooksLine books(String metrics) {
    return new BooksLine(
        number(metrics, "taken_total"),
        number(metrics, "delivered_total"),
        number(metrics, "duplicate_total"),
        number(metrics, "dead_events"),
        number(metrics, "discarded_total"),
        number(metrics, "pending_events"));
  }

  private static long number(String metrics, String name) {
    Matcher row =
        Pattern.compile("(?m)^message_relay_spool_" + name + "\\{spool=\"main\"} (\\S+)$")
            .matcher(metrics);
    if (!row.find()) {
      throw new IllegalStateException("no " + name + " in " + metrics);
    }
    return (long) Double.parseDouble(row.group(1));
  }

  private Optional<HttpResponse<String>> ask(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
            .timeout(PATIENCE)
            .build();
    try {
      return Optional.of(client.send(request, BodyHandlers.ofString()));
    } catch (IOException nobodyThere) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
