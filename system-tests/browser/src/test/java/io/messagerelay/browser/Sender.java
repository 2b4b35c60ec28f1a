package io.messagerelay.browser;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Sends events to a consumer, as a program does while a person looks at the console. */
final class Sender implements AutoCloseable {
  private static final int BATCH = 1_000;
  private static final int UNAVAILABLE = 503;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern TOKEN = Pattern.compile("\"access_token\" *: *\"([^\"]+)\"");

  private final HttpClient client = HttpClient.newHttpClient();
  private final String url;
  private final String token;

  Sender(RunningConsumer consumer) {
    url = consumer.url();
    String form = "username=" + RunningConsumer.ACCOUNT + "&password=" + encoded();
    Matcher found = TOKEN.matcher(post("/token", "application/x-www-form-urlencoded", form).body());
    if (!found.find()) {
      throw new IllegalStateException("no token for the account of the tests");
    }
    token = found.group(1);
  }

  private static String encoded() {
    return URLEncoder.encode(RunningConsumer.PASSWORD, StandardCharsets.UTF_8);
  }

  /** Gives the status. */
  int send(String body) {
    return post("/event", "application/json", body).statusCode();
  }

  /** One event whose payload is this JSON text or other text. */
  void event(String id, String type, String payload) {
    int status = send(json(id, type, payload));
    if (status != 201 && status != 200) {
      throw new IllegalStateException(id + " was answered " + status);
    }
  }

  /** Events of one type, named by their number, in batches. */
  void events(String prefix, int number, String type) {
    for (int begin = 0; begin < number; begin += BATCH) {
      lines(
          IntStream.range(begin, Math.min(number, begin + BATCH))
              .mapToObj(i -> json(prefix + i, type, "{\"order\": " + i + "}"))
              .toList());
    }
  }

  private void lines(List<String> events) {
    HttpResponse<String> answer =
        post("/event", "application/x-ndjson", events.stream().collect(Collectors.joining("\n")));
    if (answer.statusCode() != 200 || answer.body().contains("rejected")) {
      throw new IllegalStateException(answer.body());
    }
  }

  static String json(String id, String type, String payload) {
    return "{\"event_id\": \"%s\", \"event_type\": \"%s\", \"event_payload\": \"%s\"}"
        .formatted(escaped(id), escaped(type), escaped(payload));
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\u0000", "\\u0000");
  }

  /** Again where the service has no time; the ids are the same, so nothing is stored twice. */
  private HttpResponse<String> post(String path, String type, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body));
    if (!path.equals("/token")) {
      request.header("Authorization", "Bearer " + token);
    }
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> client.send(request.build(), BodyHandlers.ofString()),
            answer -> answer.statusCode() != UNAVAILABLE);
  }

  @Override
  public void close() {
    client.close();
  }
}
