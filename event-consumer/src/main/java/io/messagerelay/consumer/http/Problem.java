package io.messagerelay.consumer.http;

import io.messagerelay.contract.Fault;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A refusal as the caller sees it (RFC 9457). Immutable.
 *
 * @param detail what is wrong with this request, for a person; nothing of a payload or token
 * @param headers what its status asks for, as {@code Retry-After}
 * @param errors what is wrong with an event or a parameter; empty when the detail says it all
 * @param results of the items of a batch that was refused as a whole; otherwise empty
 */
record Problem(
    Kind kind,
    String detail,
    Map<String, String> headers,
    List<Fault> errors,
    List<ItemResult> results) {

  /** Every kind of refusal. The type is {@code urn:message-relay:problem:} and the name's words. */
  enum Kind {
    INVALID_REQUEST(400, "The request is not well-formed"),
    INVALID_PARAMETER(400, "A parameter is not valid"),
    INVALID_EVENT(400, "The event is not valid"),
    INVALID_BATCH(400, "No event of the batch is valid"),
    UNAUTHORIZED(401, "A valid access token is needed"),
    INSUFFICIENT_SCOPE(403, "The access token does not allow this"),
    NOT_FOUND(404, "There is nothing here"),
    METHOD_NOT_ALLOWED(405, "This method is not allowed here"),
    NOT_ACCEPTABLE(406, "No answer is of a type that the request accepts"),
    REQUEST_TIMEOUT(408, "The request took too long to arrive"),
    TOO_LARGE(413, "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body is of a type that is not understood"),
    EXPECTATION_FAILED(417, "What the request expects is not done here"),
    ID_CONFLICT(422, "The event id is taken by another event"),
    RATE_LIMITED(429, "More was asked for than is allowed"),
    HEADERS_TOO_LARGE(431, "The request has too many headers"),
    INTERNAL_ERROR(500, "A fault of this service"),
    OVERLOADED(503, "More is waiting than can be held"),
    TOO_MANY_STREAMS(503, "As many streams are open as there may be"),
    STORE_UNAVAILABLE(503, "The store cannot commit"),
    COMMIT_UNKNOWN(503, "It is not known whether the store committed"),
    DRAINING(503, "The service is about to end");

    private final int status;
    private final String title;

    Kind(int status, String title) {
      this.status = status;
      this.title = title;
    }

    int status() {
      return status;
    }

    String title() {
      return title;
    }

    String type() {
      return "urn:message-relay:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  Problem {
    headers = Map.copyOf(headers);
    errors = List.copyOf(errors);
    results = List.copyOf(results);
  }

  static Problem of(Kind kind, String detail) {
    return new Problem(kind, detail, Map.of(), List.of(), List.of());
  }

  static Problem of(Kind kind, String detail, List<Fault> errors) {
    return new Problem(kind, detail, Map.of(), errors, List.of());
  }

  static Problem ofBatch(List<ItemResult> results) {
    String detail = "each result says what is wrong with its item";
    return new Problem(Kind.INVALID_BATCH, detail, Map.of(), List.of(), results);
  }

  Problem with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Problem(kind, detail, more, errors, results);
  }

  /** Whole seconds, at least one: RFC 9110 §10.2.3 knows nothing finer. */
  Problem retryAfter(Duration delay) {
    return with("Retry-After", Long.toString(wholeSeconds(delay)));
  }

  /** Rounded up: whoever comes back then is not too early. */
  static long wholeSeconds(Duration delay) {
    return Math.max(1, delay.plusNanos(999_999_999).toSeconds());
  }

  /** Ends the connection after the answer, because the rest of the request is not read. */
  Problem closing() {
    return with(HttpHeaders.CONNECTION.toString(), HttpHeaders.CLOSE.toString());
  }

  Answer answer() {
    return new Answer(kind.status(), Answer.PROBLEM_JSON, AnswerJson.problem(this), headers);
  }
}
