package io.messagerelay.consumer.app.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.messagerelay.base.CommandException;
import io.messagerelay.base.ExitCodes;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The service's HTTP API, as the commands use it. Logs in when it has to. What the service refuses
 * for good ends the command ({@link CommandException}). Used by one thread.
 */
final class Api implements AutoCloseable {
  private static final Duration TO_CONNECT = Duration.ofSeconds(5);
  private static final Duration TO_ANSWER = Duration.ofSeconds(30);

  /** A page has 2 Mi characters and one event more, of which each may be written as six bytes. */
  private static final long LONGEST_PAGE = 32L * 1024 * 1024;

  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int LONGEST_PROBLEM = 1024 * 1024;
  private static final Pattern NEXT = Pattern.compile("<[^>?]*\\?([^>]*)>; rel=\"next\"");

  /** A page of events, and the query of the next one where there is one. */
  record Page(List<Listed> events, Optional<String> next) {}

  private final ClientSettings settings;
  private final HttpClient http;
  private @Nullable String token;

  Api(ClientSettings settings) {
    this.settings = settings;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(TO_CONNECT)
            .build();
  }

  /**
   * @param query as it stands behind the question mark
   */
  Page page(String query) throws Unanswered, InterruptedException {
    HttpResponse<byte[]> answer = accepted(send("/event?" + query, Map.of(), whole()));
    Optional<String> next =
        answer
            .headers()
            .firstValue("Link")
            .map(NEXT::matcher)
            .filter(Matcher::find)
            .map(link -> link.group(1));
    try {
      return new Page(ListedJson.list(answer.body()), next);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** Empty when no event has this id. */
  Optional<Listed> find(String eventId) throws Unanswered, InterruptedException {
    HttpResponse<byte[]> answer = send("/event/" + encoded(eventId), Map.of(), whole());
    if (answer.statusCode() == 404) {
      return Optional.empty();
    }
    try {
      return Optional.of(ListedJson.one(accepted(answer).body()));
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /**
   * The live tail, as {@code text/event-stream}; whoever asked closes it.
   *
   * @param lastEventId where it goes on; {@code null} where the query says it
   */
  InputStream follow(String query, @Nullable String lastEventId)
      throws Unanswered, InterruptedException {
    Map<String, String> headers =
        lastEventId == null
            ? Map.of("Accept", "text/event-stream")
            : Map.of("Accept", "text/event-stream", "Last-Event-ID", lastEventId);
    HttpResponse<InputStream> answer =
        send("/event?" + query, headers, BodyHandlers.ofInputStream());
    if (answer.statusCode() == OK) {
      return answer.body();
    }
    try (InputStream body = answer.body()) {
      throw refusal(answer, body.readNBytes(LONGEST_PROBLEM));
    } catch (IOException e) {
      throw broken(e);
    }
  }

  static String encoded(String value) {
    return URLEncoder.encode(value, UTF_8).replace("+", "%20");
  }

  /** With a token; one that is not taken any more is renewed once. */
  private <T> HttpResponse<T> send(
      String target, Map<String, String> headers, BodyHandler<T> handler)
      throws Unanswered, InterruptedException {
    String known = token;
    HttpResponse<T> answer = sendWith(known == null ? logIn() : known, target, headers, handler);
    return answer.statusCode() == UNAUTHORIZED && known != null
        ? sendWith(logIn(), target, headers, handler)
        : answer;
  }

  private <T> HttpResponse<T> sendWith(
      String bearer, String target, Map<String, String> headers, BodyHandler<T> handler)
      throws Unanswered, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(settings.service() + target))
            .header("Authorization", "Bearer " + bearer);
    headers.forEach(request::header);
    return exchange(request.build(), handler);
  }

  private String logIn() throws Unanswered, InterruptedException {
    String form =
        "grant_type=password&username=%s&password=%s"
            .formatted(encoded(settings.name()), encoded(settings.password()));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(settings.service() + "/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    byte[] answer = accepted(exchange(request, whole())).body();
    String given = ProblemJson.texts(answer).get("access_token");
    if (given == null) {
      throw new CommandException(
          ExitCodes.UNAVAILABLE, settings.service() + " is no event-consumer: it gives no token");
    }
    token = given;
    return given;
  }

  private static BodyHandler<byte[]> whole() {
    return BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_PAGE);
  }

  /** HttpRequest.timeout ends with the headers of an answer; this wait covers a body, too. */
  private <T> HttpResponse<T> exchange(HttpRequest request, BodyHandler<T> handler)
      throws Unanswered, InterruptedException {
    CompletableFuture<HttpResponse<T>> pending = http.sendAsync(request, handler);
    try {
      return pending.get(TO_ANSWER.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      pending.cancel(true);
      throw broken(new IOException("none within " + TO_ANSWER.toSeconds() + " s", e));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ConnectException) {
        throw new Unanswered(
            settings.service() + ": nothing accepts the connection; is event-consumer running?",
            Duration.ZERO);
      }
      throw broken(new IOException(String.valueOf(e.getCause()), e));
    }
  }

  private HttpResponse<byte[]> accepted(HttpResponse<byte[]> answer) throws Unanswered {
    if (answer.statusCode() != OK) {
      throw refusal(answer, answer.body());
    }
    return answer;
  }

  private CommandException refusal(HttpResponse<?> answer, byte[] body) throws Unanswered {
    String words = settings.service() + ": " + ProblemJson.words(answer.statusCode(), body);
    return switch (answer.statusCode()) {
      case 408, 429, 500, 502, 503, 504 -> throw new Unanswered(words, retryAfter(answer));
      case 400, 406, 414 -> new CommandException(ExitCodes.USAGE, words);
      case UNAUTHORIZED, 403 -> new CommandException(ExitCodes.NO_PERMISSION, words);
      default -> new CommandException(ExitCodes.UNAVAILABLE, words);
    };
  }

  /** At least a second: it may come again, only not at once. */
  private static Duration retryAfter(HttpResponse<?> answer) {
    return answer
        .headers()
        .firstValue("Retry-After")
        .filter(seconds -> seconds.matches("[0-9]{1,4}"))
        .map(seconds -> Duration.ofSeconds(Math.max(1, Long.parseLong(seconds))))
        .orElse(Duration.ofSeconds(1));
  }

  private Unanswered broken(IOException cause) {
    return new Unanswered(
        settings.service() + ": the answer broke: " + cause.getMessage(), Duration.ZERO);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
