package io.messagerelay.propagator.auth;

import io.messagerelay.propagator.auth.TokenAnswer.Refused;
import io.messagerelay.propagator.auth.TokenAnswer.Token;
import io.messagerelay.propagator.auth.TokenAnswer.Unavailable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the token client knows at one moment. Times are readings of its ticker.
 *
 * @param held the token; {@code null} when there is none
 * @param refresh the refresh token; {@code null} when there is none or it was sent
 * @param setback why the last request brought no token; {@code null} when it did
 */
record TokenState(@Nullable Held held, @Nullable String refresh, @Nullable Setback setback) {

  /** A token, from when it is renewed, and until when it is valid. */
  record Held(Token token, long renewAt, long expiresAt) {}

  /** The answer to give until it is time to ask again; {@code failures} in a row, 1 or more. */
  record Setback(TokenAnswer answer, long askAgainAt, int failures) {}

  static final TokenState NONE = new TokenState(null, null, null);

  private static final Duration SHORTEST_REST = Duration.ofSeconds(1);
  private static final Duration LONGEST_OWN_REST = Duration.ofSeconds(5);
  private static final Duration LONGEST_REST = Duration.ofSeconds(30);

  /** A password that was refused is not tried often: that looks like guessing. */
  private static final Duration REST_WHEN_REFUSED = Duration.ofSeconds(20);

  TokenState without(@Nullable Token stale) {
    return held != null && held.token().equals(stale)
        ? new TokenState(null, refresh, setback)
        : this;
  }

  TokenState withoutRefresh() {
    return new TokenState(held, null, setback);
  }

  /** Valid, and not yet to be renewed. */
  boolean isFresh(long now) {
    return held != null && now - held.renewAt() < 0;
  }

  boolean isValid(long now) {
    return held != null && now - held.expiresAt() < 0;
  }

  /** Too early to ask again. */
  boolean isResting(long now) {
    return setback != null && now - setback.askAgainAt() < 0;
  }

  /** What a lane is told now: a failed renewal is no failure while the token is valid. */
  TokenAnswer answer(long now) {
    if (held != null && isValid(now)) {
      return held.token();
    }
    if (setback == null) {
      return new Unavailable("the token is still being waited for", SHORTEST_REST);
    }
    return setback.answer() instanceof Unavailable(var cause, var ignored)
        ? new Unavailable(cause, remaining(setback, now))
        : setback.answer();
  }

  private static Duration remaining(Setback setback, long now) {
    return Duration.ofNanos(Math.max(0, setback.askAgainAt() - now));
  }

  /**
   * @param asked when the request began: the server counts the token's life from later on
   */
  TokenState granted(TokenReply.Granted reply, long asked) {
    long life = reply.life().toNanos();
    return new TokenState(
        new Held(reply.token(), asked + life / 5 * 4, asked + life),
        reply.refresh() == null ? refresh : reply.refresh(),
        null);
  }

  TokenState setBack(TokenReply.Unusable reply, long now) {
    Duration rest = reply.retryAfter().map(TokenState::bounded).orElseGet(this::ownRest);
    return setBack(new Unavailable(reply.cause(), rest), rest, now);
  }

  /** Until a person changes something. */
  TokenState setBack(String reason, long now) {
    return setBack(new Refused(reason), REST_WHEN_REFUSED, now);
  }

  private TokenState setBack(TokenAnswer answer, Duration rest, long now) {
    return new TokenState(held, refresh, new Setback(answer, now + rest.toNanos(), failures() + 1));
  }

  /** 1, 2, 4, then 5 seconds. */
  private Duration ownRest() {
    Duration doubled = SHORTEST_REST.multipliedBy(1L << Math.min(failures(), 3));
    return doubled.compareTo(LONGEST_OWN_REST) < 0 ? doubled : LONGEST_OWN_REST;
  }

  private static Duration bounded(Duration asked) {
    if (asked.compareTo(SHORTEST_REST) < 0) {
      return SHORTEST_REST;
    }
    return asked.compareTo(LONGEST_REST) < 0 ? asked : LONGEST_REST;
  }

  private int failures() {
    return setback == null ? 0 : setback.failures();
  }

  /** Says nothing of the tokens. */
  @Override
  public String toString() {
    return "TokenState[held=" + (held != null) + ", setback=" + setback + "]";
  }
}
