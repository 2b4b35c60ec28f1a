package io.messagerelay.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The consumer's HTTP interface, as a client sees it. Shared by threads. */
final class ConsumerApi implements AutoCloseable {
  private static final int MOST_TRIES = 50;
  private static final long TRY_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>; *rel=\"?next\"?");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final URI base;

  ConsumerApi(URI base) {
    this.base = base;
  }

  /**
   * A page of the list, and where the next one is.
   *
   * @param next with the cursor in it, for any consumer of the same store
   */
  record Page(List<JsonNode> events, Optional<String> next) {

    /** What a list's answer says; one that is not 200 is our failure and thrown. */
    static Page of(HttpResponse<String> answer) {
      List<JsonNode> events = new ArrayList<>();
      tree(expect(200, answer)).forEach(events::add);
      return new Page(
          events,
          answer.headers().allValues("Link").stream()
              .map(NEXT::matcher)
              .filter(Matcher::find)
              .map(found -> found.group(1))
              .findFirst());
    }
  }

  /** Whether the service says that it is ready; false when nobody answers. */
  boolean ready() {
    try {
      return readiness().statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  HttpResponse<String> readiness() throws IOException {
    return send(HttpRequest.newBuilder(base.resolve("/ready")));
  }

  /** What Prometheus is given, in its text format. */
  String metrics() {
    var request = HttpRequest.newBuilder(base.resolve("/metrics")).header("Accept", "text/plain");
    try {
      return expect(200, send(request)).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An access token by the password grant. */
  String token(String account, String password) {
    try {
      return tree(expect(200, login(account, password))).get("access_token").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks for tokens by the password grant. */
  HttpResponse<String> login(String account, String password) throws IOException {
    return grant(
        "grant_type=password&username=%s&password=%s".formatted(encode(account), encode(password)));
  }

  /** Asks for tokens by a refresh token. */
  HttpResponse<String> refresh(String refreshToken) throws IOException {
    return grant("grant_type=refresh_token&refresh_token=" + encode(refreshToken));
  }

  private HttpResponse<String> grant(String form) throws IOException {
    return send(
        HttpRequest.newBuilder(base.resolve("/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  /** Posts a body to {@code /event}; throws when no whole answer came. */
  HttpResponse<String> post(String token, String json) throws IOException {
    return send(
        authorized(token, "/event")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  /** Posts one event, and beside it what a propagator says of itself. */
  HttpResponse<String> postReporting(String token, String json, String report) throws IOException {
    return send(
        authorized(token, "/event")
            .header("Content-Type", "application/json")
            .header("Relay-Report", report)
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  /** Where the list begins, oldest first. */
  static String list(int limit) {
    return "/event?limit=" + limit;
  }

  /** Gets a path; throws when no whole answer came. */
  HttpResponse<String> get(String token, String path) throws IOException {
    return send(authorized(token, path));
  }

  /**
   * Opens a live stream. Its lines end when it does, and throw when it breaks off.
   *
   * @param lastId from an earlier stream; empty for none
   */
  HttpResponse<Stream<String>> live(String token, String path, String lastId) throws IOException {
    HttpRequest request =
        authorized(token, path)
            .header("Accept", "text/event-stream")
            .header("Last-Event-ID", lastId)
            .timeout(PATIENCE)
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofLines());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  Page page(String token, String at) {
    try {
      return Page.of(get(token, at));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The whole list. */
  List<JsonNode> all(String token) {
    List<JsonNode> events = new ArrayList<>();
    each(token, events::add);
    return events;
  }

  /** Gives the whole list, page by page until one is empty. */
  void each(String token, Consumer<JsonNode> reader) {
    Page page = patiently(token, list(1_000));
    while (!page.events().isEmpty()) {
      page.events().forEach(reader);
      page = patiently(token, page.next().orElseThrow());
    }
  }

  /** A page. Asks again when the store cannot be read, as after its server has come back. */
  private Page patiently(String token, String at) {
    try {
      HttpResponse<String> answer = get(token, at);
      for (int i = 0; answer.statusCode() == 503 && i < MOST_TRIES; i++) {
        LockSupport.parkNanos(TRY_AGAIN_NANOS);
        answer = get(token, at);
      }
      return Page.of(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode tree(HttpResponse<String> answer) {
    return tree(answer.body());
  }

  static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpRequest.Builder authorized(String token, String path) {
    return HttpRequest.newBuilder(base.resolve(path)).header("Authorization", "Bearer " + token);
  }

  private static HttpResponse<String> expect(int status, HttpResponse<String> answer) {
    if (answer.statusCode() != status) {
      throw new IllegalStateException(
          "%s: %d instead of %d: %s"
              .formatted(answer.uri(), answer.statusCode(), status, answer.body()));
    }
    return answer;
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(
          request.timeout(PATIENCE).build(),
          HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
