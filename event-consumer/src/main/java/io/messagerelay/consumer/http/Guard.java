package io.messagerelay.consumer.http;

import io.messagerelay.consumer.auth.TokenVerifier;
import io.messagerelay.consumer.auth.TokenVerifier.Verification.Granted;
import io.messagerelay.consumer.auth.TokenVerifier.Verification.Invalid;
import io.messagerelay.consumer.http.Checked.Bad;
import io.messagerelay.consumer.http.Checked.Good;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;

/**
 * Lets a request in by its bearer token, which may come in the {@code Authorization} header alone
 * (RFC 6750 §2.1). Shared by threads; does not block.
 */
public final class Guard {
  private static final String CHALLENGE = "WWW-Authenticate";
  private static final String REALM = "Bearer realm=\"message-relay\"";
  private static final String SCHEME = "Bearer ";

  private final TokenVerifier verifier;
  private final ClientLimits clients;

  public Guard(TokenVerifier verifier, ClientLimits clients) {
    this.verifier = verifier;
    this.clients = clients;
  }

  /**
   * Who may come in.
   *
   * @param expires when the token is no longer good
   */
  record Admission(String account, Instant expires) {}

  /** The account whose token is good and has the scope, and that has not too much under way. */
  Checked<String> admit(RoutingContext call, String scope) {
    return admission(call, scope).then(admission -> new Good<>(admission.account()));
  }

  /** As {@link #admit}, and for how long. */
  Checked<Admission> admission(RoutingContext call, String scope) {
    return verified(call.request().headers(), scope)
        .then(
            admission ->
                clients
                    .enter(call, admission.account())
                    .<Checked<Admission>>map(Bad::new)
                    .orElseGet(() -> new Good<>(admission)));
  }

  private Checked<Admission> verified(MultiMap headers, String scope) {
    List<String> given = headers.getAll(HttpHeaders.AUTHORIZATION);
    if (given.size() > 1) {
      return refused(
          Problem.Kind.INVALID_REQUEST,
          "there is more than one Authorization header",
          ", error=\"invalid_request\"");
    }
    if (given.isEmpty() || !isBearer(given.getFirst())) {
      return refused(
          Problem.Kind.UNAUTHORIZED, "send Authorization: Bearer and a token of POST /token", "");
    }
    String token = given.getFirst().substring(SCHEME.length()).strip();
    return switch (verifier.verify(token)) {
      case Granted(var account, var scopes, var expires) when scopes.contains(scope) ->
          new Good<>(new Admission(account, expires));
      case Granted _ ->
          refused(
              Problem.Kind.INSUFFICIENT_SCOPE,
              "this needs the scope " + scope,
              ", error=\"insufficient_scope\", scope=\"" + scope + '"');
      case Invalid(var description) ->
          refused(
              Problem.Kind.UNAUTHORIZED,
              description,
              ", error=\"invalid_token\", error_description=\"" + description + '"');
    };
  }

  private static boolean isBearer(String authorization) {
    return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
  }

  private static Checked<Admission> refused(Problem.Kind kind, String detail, String parameters) {
    return new Bad<>(Problem.of(kind, detail).with(CHALLENGE, REALM + parameters));
  }
}
