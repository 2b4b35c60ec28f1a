package io.messagerelay.propagator.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gets the access token, by the password grant (RFC 6749 §4.3), and renews it at 80 % of its life,
 * by the refresh token where there is one and by the credentials where that is refused. Life is
 * counted on a monotonic ticker from before the request, so clocks that differ do not matter.
 *
 * <p>Shared by the lanes. One request at a time: the lane that asks first renews; the others go on
 * with the old token while it is valid, and otherwise wait for that request, not longer than it may
 * take. After a failure nobody asks for a few seconds, so that the lanes do not hammer an endpoint
 * that is down; the next call after that tries again.
 */
public final class TokenClient implements Tokens {
  private static final long REPLY_BYTES = 64 * 1024;

  private final Exchange http;
  private final Endpoint endpoint;
  private final Account account;
  private final LongSupplier ticker;
  private final ReentrantLock renewing = new ReentrantLock();

  /** Read by all; written under {@link #renewing}. */
  private volatile TokenState state = TokenState.NONE;

  /**
   * @param endpoint the consumer's {@code /token}
   * @param ticker monotonic nanoseconds
   */
  public TokenClient(Exchange http, Endpoint endpoint, Account account, LongSupplier ticker) {
    this.http = http;
    this.endpoint = endpoint;
    this.account = account;
    this.ticker = ticker;
  }

  @Override
  public TokenAnswer current() throws InterruptedException {
    return tokenOtherThan(null);
  }

  @Override
  public TokenAnswer renew(TokenAnswer.Token stale) throws InterruptedException {
    return tokenOtherThan(stale);
  }

  private TokenAnswer tokenOtherThan(TokenAnswer.@Nullable Token stale)
      throws InterruptedException {
    TokenState seen = state.without(stale);
    if (seen.isFresh(ticker.getAsLong())) {
      return seen.answer(ticker.getAsLong());
    }
    Duration patience = seen.isValid(ticker.getAsLong()) ? Duration.ZERO : longestRenewal();
    if (!renewing.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
      return seen.answer(ticker.getAsLong());
    }
    try {
      state = renewedUnlessDone(state.without(stale));
      return state.answer(ticker.getAsLong());
    } finally {
      renewing.unlock();
    }
  }

  private TokenState renewedUnlessDone(TokenState seen) throws InterruptedException {
    long now = ticker.getAsLong();
    return seen.isFresh(now) || seen.isResting(now) ? seen : renewed(seen, now);
  }

  private TokenState renewed(TokenState seen, long now) throws InterruptedException {
    String refresh = seen.refresh();
    if (refresh == null) {
      return login(seen, now);
    }
    // Sent once, whatever comes of it: when its answer is lost it may be spent.
    TokenState without = seen.withoutRefresh();
    state = without;
    return switch (ask(Map.of("grant_type", "refresh_token", "refresh_token", refresh))) {
      case TokenReply.Granted granted -> seen.granted(granted, now);
      case TokenReply.Denied denied -> login(without, ticker.getAsLong());
      case TokenReply.Unusable unusable -> without.setBack(unusable, ticker.getAsLong());
      case TokenReply.Barred(var reason) -> without.setBack(reason, ticker.getAsLong());
    };
  }

  private TokenState login(TokenState seen, long now) throws InterruptedException {
    return switch (ask(credentials())) {
      case TokenReply.Granted granted -> seen.granted(granted, now);
      case TokenReply.Denied denied -> seen.setBack(refused(denied), ticker.getAsLong());
      case TokenReply.Unusable unusable -> seen.setBack(unusable, ticker.getAsLong());
      case TokenReply.Barred(var reason) -> seen.setBack(reason, ticker.getAsLong());
    };
  }

  private Map<String, String> credentials() {
    return Map.of(
        "grant_type", "password", "username", account.name(), "password", account.password());
  }

  private String refused(TokenReply.Denied denied) {
    String advice =
        switch (denied.error()) {
          case "invalid_grant", "invalid_client", "access_denied" ->
              "SERVICE_NAME or SERVICE_PASSWORD is wrong; give both services the same";
          case String other -> "it does not take the password grant; check CONSUMER_URL";
        };
    return "%s answered %d %s: %s".formatted(endpoint, denied.status(), denied.error(), advice);
  }

  private TokenReply ask(Map<String, String> form) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint.uri())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .POST(BodyPublishers.ofString(encoded(form)))
            .build();
    return switch (http.send(request, REPLY_BYTES)) {
      case Outcome.Reply reply -> TokenJson.read(endpoint, reply);
      case Outcome.Failed(var cause) -> new TokenReply.Unusable(cause, Optional.empty());
      case Outcome.Unreachable(var cause) -> new TokenReply.Unusable(cause, Optional.empty());
      case Outcome.Distrusted(var reason) -> new TokenReply.Barred(reason);
    };
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  /** Of a renewal: the refresh token, then the credentials, and a moment to spare. */
  private Duration longestRenewal() {
    return http.timeout().multipliedBy(2).plusSeconds(1);
  }
}
