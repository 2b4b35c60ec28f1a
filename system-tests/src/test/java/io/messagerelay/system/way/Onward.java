package io.messagerelay.system.way;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Sends requests on to the consumer. Shared by threads; whoever makes it closes it. */
final class Onward implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Those that each connection has of its own. */
  private static final Set<String> OF_CONNECTION =
      Set.of(
          "connection",
          "content-length",
          "host",
          "http2-settings",
          "keep-alive",
          "transfer-encoding",
          "upgrade");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final URI consumer;

  Onward(URI consumer) {
    this.consumer = consumer;
  }

  /** What the consumer says; thrown when no whole answer came. */
  Answer send(Request request) throws IOException {
    HttpRequest.Builder copy =
        HttpRequest.newBuilder(consumer.resolve(request.path()))
            .timeout(PATIENCE)
            .method(request.method(), BodyPublishers.ofByteArray(request.body()));
    request.headers().entrySet().stream()
        .filter(header -> !OF_CONNECTION.contains(header.getKey()))
        .forEach(header -> copy.header(header.getKey(), header.getValue()));
    try {
      return answer(http.send(copy.build(), BodyHandlers.ofByteArray()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static Answer answer(HttpResponse<byte[]> response) {
    Map<String, String> headers = new LinkedHashMap<>();
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!OF_CONNECTION.contains(name)) {
                headers.put(name, values.getFirst());
              }
            });
    return new Answer(response.statusCode(), headers, response.body());
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
