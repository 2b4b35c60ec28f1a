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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The consumer's HTTP interface, as a client sees it. Shared by threads. */
final class ConsumerApi implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>; *rel=\"?next\"?");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final URI base;

  ConsumerApi(URI base) {
    this.base = base;
  }

  /** A page of the list, and where the next one is. */
  record Page(List<JsonNode> events, Optional<URI> next) {}

  /** Whether the service says that it is ready; false when nobody answers. */
  boolean ready() {
    try {
      return send(HttpRequest.newBuilder(base.resolve("/ready"))).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** What Prometheus is given, in its text format. */
  String metrics() {
    return expect(
            200, HttpRequest.newBuilder(base.resolve("/metrics")).header("Accept", "text/plain"))
        .body();
  }

  /** An access token by the password grant. */
  String token(String account, String password) {
    String form =
        "grant_type=password&username=%s&password=%s".formatted(encode(account), encode(password));
    var request =
        HttpRequest.newBuilder(base.resolve("/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    return tree(expect(200, request)).get("access_token").asText();
  }

  /** Posts a body to {@code /event}; throws when no whole answer came. */
  HttpResponse<String> post(String token, String json) throws IOException {
    return send(
        authorized(token, base.resolve("/event"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  /** Where the list begins, oldest first. */
  URI list(int limit) {
    return base.resolve("/event?limit=" + limit);
  }

  Page page(String token, URI at) {
    HttpResponse<String> answer = expect(200, authorized(token, at));
    List<JsonNode> events = new ArrayList<>();
    tree(answer).forEach(events::add);
    return new Page(events, next(at, answer));
  }

  /** The whole list, page by page until one is empty. */
  List<JsonNode> all(String token) {
    List<JsonNode> events = new ArrayList<>();
    Page page = page(token, list(1_000));
    while (!page.events().isEmpty()) {
      events.addAll(page.events());
      page = page(token, page.next().orElseThrow());
    }
    return events;
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

  private static Optional<URI> next(URI at, HttpResponse<String> answer) {
    return answer.headers().allValues("Link").stream()
        .map(NEXT::matcher)
        .filter(Matcher::find)
        .map(found -> at.resolve(found.group(1)))
        .findFirst();
  }

  private static HttpRequest.Builder authorized(String token, URI at) {
    return HttpRequest.newBuilder(at).header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> expect(int status, HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer = send(request);
      if (answer.statusCode() != status) {
        throw new IllegalStateException(
            "%s: %d instead of %d: %s"
                .formatted(answer.uri(), answer.statusCode(), status, answer.body()));
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
