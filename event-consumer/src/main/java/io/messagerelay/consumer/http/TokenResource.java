package io.messagerelay.consumer.http;

import io.messagerelay.consumer.auth.TokenAnswer;
import io.messagerelay.consumer.auth.TokenAnswer.Issued;
import io.messagerelay.consumer.auth.TokenAnswer.Refused;
import io.messagerelay.consumer.auth.TokenEndpoint;
import io.messagerelay.consumer.http.Checked.Bad;
import io.messagerelay.consumer.http.Checked.Good;
import io.quarkus.virtual.threads.VirtualThreads;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
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
  private final RequestBodies bodies;
  private final ClientLimits clients;
  private final Executor threads;

  /**
   * @param threads may wait for the store and for password hashes
   */
  TokenResource(
      TokenEndpoint endpoint,
      RequestBodies bodies,
      ClientLimits clients,
      @VirtualThreads Executor threads) {
    this.endpoint = endpoint;
    this.bodies = bodies;
    this.clients = clients;
    this.threads = threads;
  }

  @POST
  public CompletionStage<Response> post(@Context RoutingContext call) {
    HttpServerRequest request = call.request();
    String contentType = request.getHeader(HttpHeaders.CONTENT_TYPE);
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    String address = clients.addressOf(call);
    return bodies
        .read(call, Route.TOKEN.bodyLimit(), new WholeBody<>(Function.identity()))
        .thenApplyAsync(
            body ->
                switch (body) {
                  case Good<byte[]>(var form) ->
                      response(answer(contentType, authorization, address, form));
                  case Bad<byte[]>(var problem) -> problem.answer().response(call);
                },
            threads);
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
      response.header(HttpHeaders.RETRY_AFTER, Problem.wholeSeconds(refused.retryAfter()));
    }
    return response;
  }
}
