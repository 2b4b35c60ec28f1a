package io.messagerelay.consumer.http;

import io.messagerelay.contract.Wire;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;

/**
 * A whole answer. It goes out in one piece with its length: split writes would meet delayed
 * acknowledgements.
 */
record Answer(int status, String contentType, byte[] body, Map<String, String> headers) {
  static final String JSON = Wire.JSON;
  static final String PROBLEM_JSON = Wire.PROBLEM_JSON;

  static Answer json(int status, byte[] body) {
    return new Answer(status, JSON, body, Map.of());
  }

  static Answer json(int status, byte[] body, Map<String, String> headers) {
    return new Answer(status, JSON, body, headers);
  }

  /** That the client's copy is still good: it has no content. */
  static Answer notModified(Map<String, String> headers) {
    return new Answer(304, JSON, new byte[0], headers);
  }

  /** The same in another form. */
  Answer with(byte[] other, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(headers);
    all.putAll(more);
    return new Answer(status, contentType, other, all);
  }

  /** A problem names its request. It is made where that is not known, so it is told here. */
  private byte[] bodyFor(RoutingContext call) {
    return contentType.equals(PROBLEM_JSON) ? AnswerJson.named(body, RequestIds.of(call)) : body;
  }

  /** As a REST resource returns it. */
  Response response(RoutingContext call) {
    Response.ResponseBuilder response =
        Response.status(status).header(HttpHeaders.CONTENT_TYPE.toString(), contentType);
    headers.forEach(response::header);
    if (status == 304) {
      return response.build();
    }
    byte[] told = bodyFor(call);
    // Said here, it is also said to HEAD.
    return response.header(HttpHeaders.CONTENT_LENGTH.toString(), told.length).entity(told).build();
  }

  /** As a filter sends it. */
  void send(RoutingContext call) {
    HttpServerResponse response = call.response();
    byte[] told = bodyFor(call);
    headers.forEach(response::putHeader);
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, contentType)
        .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(told.length))
        .end(Buffer.buffer(told));
  }
}
