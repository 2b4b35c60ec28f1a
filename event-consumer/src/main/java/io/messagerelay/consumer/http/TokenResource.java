package io.messagerelay.consumer.http;

import io.messagerelay.consumer.auth.TokenAnswer;
import io.messagerelay.consumer.auth.TokenAnswer.Issued;
import io.messagerelay.consumer.auth.TokenAnswer.Refused;
import io.messagerelay.consumer.auth.TokenEndpoint;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /token}. Every answer is OAuth's JSON and is never stored by anyone. Only the form in
 * the body counts; what the URL says is not looked at.
 */
@Singleton
@Path("/token")
public class TokenResource {
  private static final int MAX_BODY_BYTES = 8192;

  private final TokenEndpoint endpoint;

  public TokenResource(TokenEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  @POST
  @RunOnVirtualThread
  public Response post(
      @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @Context HttpServerRequest request,
      byte[] body) {
    return response(
        answer(contentType, authorization, request.remoteAddress().hostAddress(), body));
  }

  TokenAnswer answer(
      @Nullable String contentType, @Nullable String authorization, String address, byte[] body) {
    if (!TokenBody.isForm(contentType)) {
      return Refused.invalidRequest("Content-Type must be application/x-www-form-urlencoded");
    }
    if (body.length > MAX_BODY_BYTES) {
      return Refused.tooLarge(MAX_BODY_BYTES);
    }
    return TokenBody.decode(body)
        .map(form -> endpoint.answer(form, authorization, address))
        .orElseGet(() -> Refused.invalidRequest("The form is not percent-encoded UTF-8"));
  }

  static Response response(TokenAnswer answer) {
    Response.ResponseBuilder response =
        switch (answer) {
          case Issued issued -> Response.ok();
          case Refused refused -> refusal(refused);
        };
    return response
        .entity(TokenJson.of(answer))
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header("Pragma", "no-cache")
        .build();
  }

  private static Response.ResponseBuilder refusal(Refused refused) {
    Response.ResponseBuilder response = Response.status(refused.status());
    if (refused.challenge() != null) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, refused.challenge());
    }
    if (refused.retryAfter() != null) {
      response.header(HttpHeaders.RETRY_AFTER, wholeSeconds(refused.retryAfter()));
    }
    return response;
  }

  /** Rounded up: whoever comes back then is not too early. */
  private static long wholeSeconds(Duration wait) {
    return wait.plusSeconds(1).minusNanos(1).toSeconds();
  }
}
