package io.messagerelay.propagator.auth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a token endpoint's reply (RFC 6749 §5). */
final class TokenJson {
  /** A token of unknown life is used until a 401 says otherwise. */
  static final Duration LONGEST_LIFE = Duration.ofDays(365);

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final Pattern B64TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]{1,16384}=*");
  private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,17}");
  private static final Pattern ERROR = Pattern.compile("[a-z_]{1,64}");

  private static final Set<String> TRANSIENT =
      Set.of("temporarily_unavailable", "server_error", "slow_down");

  private final Endpoint endpoint;
  private final Outcome.Reply reply;

  private TokenJson(Endpoint endpoint, Outcome.Reply reply) {
    this.endpoint = endpoint;
    this.reply = reply;
  }

  /**
   * What is not OAuth JSON is {@link TokenReply.Unusable}.
   *
   * @param endpoint who answered, for the words to a person
   */
  static TokenReply read(Endpoint endpoint, Outcome.Reply reply) {
    return new TokenJson(endpoint, reply).read();
  }

  private TokenReply read() {
    return switch (reply.status()) {
      case 200 -> granted(members(reply.body()));
      case 400, 401, 403 -> denied(members(reply.body()));
      default -> unusable("");
    };
  }

  private TokenReply granted(Map<String, String> members) {
    String token = members.getOrDefault("access_token", "");
    String type = members.getOrDefault("token_type", "");
    if (!type.equalsIgnoreCase("bearer") || !B64TOKEN.matcher(token).matches()) {
      return unusable(", but not with a bearer token");
    }
    return new TokenReply.Granted(
        new TokenAnswer.Token(token),
        life(members.getOrDefault("expires_in", "")),
        members.get("refresh_token"));
  }

  private static Duration life(String seconds) {
    return SECONDS.matcher(seconds).matches()
        ? Duration.ofSeconds(Math.min(Long.parseLong(seconds), LONGEST_LIFE.toSeconds()))
        : LONGEST_LIFE;
  }

  private TokenReply denied(Map<String, String> members) {
    String error = members.getOrDefault("error", "");
    if (reply.status() == 401 && error.isEmpty() && members.containsKey("detail")) {
      return new TokenReply.Denied(401, "invalid_grant"); // as FastAPI says it
    }
    if (!ERROR.matcher(error).matches()) {
      return unusable(", but not as a token endpoint does");
    }
    return TRANSIENT.contains(error)
        ? unusable(" " + error)
        : new TokenReply.Denied(reply.status(), error);
  }

  private TokenReply unusable(String detail) {
    return new TokenReply.Unusable(
        endpoint + " answered " + reply.status() + detail, reply.retryAfter());
  }

  /** The strings and numbers of a JSON object, as text; none when it is not one whole object. */
  private static Map<String, String> members(byte[] body) {
    try (JsonParser json = JSON.createParser(body)) {
      Map<String, String> members = new HashMap<>();
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Map.of();
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        if (json.nextToken() == JsonToken.VALUE_STRING || json.currentToken().isNumeric()) {
          members.put(name, json.getText());
        }
        json.skipChildren();
      }
      return json.nextToken() == null ? members : Map.of();
    } catch (IOException e) {
      return Map.of();
    }
  }
}
