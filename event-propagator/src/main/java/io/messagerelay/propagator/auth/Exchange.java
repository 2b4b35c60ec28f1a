package io.messagerelay.propagator.auth;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One request and its whole reply, bounded in time and size. HTTP/1.1 (no upgrade is offered),
 * connections are reused, redirects are not followed. Shared by threads; closed by whoever opened
 * it, which breaks off what is under way.
 */
public final class Exchange implements AutoCloseable {
  private static final int CAUSE_LENGTH = 200;

  private final HttpClient client;
  private final Duration timeout;
  private final Clock clock;

  private Exchange(HttpClient client, Duration timeout, Clock clock) {
    this.client = client;
    this.timeout = timeout;
    this.clock = clock;
  }

  /**
   * @param connect the most that connecting may take
   * @param timeout the most that is waited for a whole reply, its last byte included
   * @param clock for a {@code Retry-After} that is a date
   */
  public static Exchange open(Duration connect, Duration timeout, Clock clock) {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connect)
            .build();
    return new Exchange(client, timeout, clock);
  }

  /** The most that a whole exchange may take. */
  Duration timeout() {
    return timeout;
  }

  /** A request that is on its way. */
  @FunctionalInterface
  public interface Pending {
    /** Waits. Never throws for what the world does. Once only. */
    Outcome outcome() throws InterruptedException;
  }

  /** Sends and waits, as {@link #begin} says. */
  public Outcome send(HttpRequest request, long mostBytes) throws InterruptedException {
    return begin(request, mostBytes).outcome();
  }

  /**
   * Sends, and returns while it is under way.
   *
   * @param mostBytes a longer reply is no reply
   */
  public Pending begin(HttpRequest request, long mostBytes) {
    CompletableFuture<HttpResponse<byte[]>> pending =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), mostBytes));
    return () -> outcome(request, pending);
  }

  /** HttpRequest.timeout ends with the reply's headers; this wait covers a body without end. */
  private Outcome outcome(HttpRequest request, CompletableFuture<HttpResponse<byte[]>> pending)
      throws InterruptedException {
    try {
      return reply(pending.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return new Outcome.Failed(
          words(request, "no whole answer within " + timeout.toMillis() + " ms"));
    } catch (ExecutionException e) {
      return distrust(e.getCause())
          .<Outcome>map(why -> new Outcome.Distrusted(new Endpoint(request.uri()) + why))
          .orElseGet(() -> failed(request, e.getCause()));
    } finally {
      pending.cancel(true); // closes the connection of an exchange that has not ended
    }
  }

  private Outcome reply(HttpResponse<byte[]> response) {
    return new Outcome.Reply(
        response.statusCode(),
        response
            .headers()
            .firstValue("Retry-After")
            .flatMap(value -> RetryAfter.read(value, clock.instant())),
        response.body());
  }

  /** A connection that is cut during the handshake is another matter, and may be well next time. */
  private static Optional<String> distrust(@Nullable Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (each instanceof CertificateException) {
        return Optional.of(
            " shows a certificate that is not trusted ("
                + text(each)
                + "); check the URL, or let Java trust its authority");
      }
    }
    return Optional.empty();
  }

  private static Outcome failed(HttpRequest request, @Nullable Throwable thrown) {
    return switch (thrown) {
      case Error error -> throw error;
      case HttpConnectTimeoutException e -> unreachable(request, "no connection in time");
      case ConnectException e when e.getCause() instanceof UnresolvedAddressException ->
          unreachable(request, "the host name is not known");
      case ConnectException e -> unreachable(request, "nothing accepts the connection");
      case IOException e ->
          new Outcome.Failed(words(request, "the connection or the answer broke: " + text(e)));
      case null, default ->
          new Outcome.Failed(words(request, "the answer is not HTTP: " + text(thrown)));
    };
  }

  private static Outcome unreachable(HttpRequest request, String cause) {
    return new Outcome.Unreachable(words(request, cause));
  }

  private static String words(HttpRequest request, String cause) {
    return new Endpoint(request.uri()) + ": " + cause;
  }

  private static String text(@Nullable Throwable thrown) {
    String text = String.valueOf(thrown).replaceAll("\\p{Cntrl}", " ");
    return text.length() <= CAUSE_LENGTH ? text : text.substring(0, CAUSE_LENGTH) + "…";
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
