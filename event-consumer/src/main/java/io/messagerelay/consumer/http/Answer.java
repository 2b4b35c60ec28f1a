package io.messagerelay.consumer.http;

import io.messagerelay.contract.Wire;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
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

  /** As a REST resource returns it. */
  Response response() {
    Response.ResponseBuilder response =
        Response.status(status).header(HttpHeaders.CONTENT_TYPE.toString(), contentType);
    headers.forEach(response::header);
    if (status == 304) {
      return response.build();
    }
    // Said here, it is also said to HEAD.
    return response.header(HttpHeaders.CONTENT_LENGTH.toString(), body.length).entity(body).build();
  }

  /** As a filter sends it. */
  void send(HttpServerResponse response) {
    headers.forEach(response::putHeader);
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, contentType)
        .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length))
        .end(Buffer.buffer(body));
  }
}
