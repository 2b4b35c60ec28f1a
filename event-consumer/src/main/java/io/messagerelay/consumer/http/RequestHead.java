package io.messagerelay.consumer.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What the server lets pass of a request's head although it must be refused: above all whatever a
 * proxy in front could read as another request than we do (RFC 9112 §11.2).
 */
final class RequestHead {
  /** Of names and values, repetitions counted; the server bounds their bytes. */
  static final int MOST_FIELDS = 200;

  private RequestHead() {}

  /** Why it is refused; its connection ends then, because where the request ends is not sure. */
  static Optional<Problem> fault(HttpServerRequest request) {
    MultiMap headers = request.headers();
    if (request.version() == null) {
      return bad("the versions of HTTP here are 1.1 and 1.0");
    }
    if (headers.getAll(HttpHeaders.HOST).size() > 1) {
      return bad("there is more than one Host header");
    }
    if (headers.contains("")) {
      return bad("there is a header without a name");
    }
    if (!isChunkedAtMost(headers.getAll(HttpHeaders.TRANSFER_ENCODING))) {
      return bad("a Transfer-Encoding here is chunked, once");
    }
    if (!isContinueAtMost(headers.getAll(HttpHeaders.EXPECT))) {
      return refused(Problem.Kind.EXPECTATION_FAILED, "Expect here is 100-continue");
    }
    if (isLongerThan(MOST_FIELDS, headers.iterator())) {
      String detail = "a request has at most " + MOST_FIELDS + " headers";
      return refused(Problem.Kind.HEADERS_TOO_LARGE, detail);
    }
    return Optional.empty();
  }

  /** The server reads a body of any other coding as none, and what follows as a request. */
  private static boolean isChunkedAtMost(List<String> codings) {
    return codings.isEmpty()
        || (codings.size() == 1 && HttpHeaders.CHUNKED.toString().equalsIgnoreCase(codings.get(0)));
  }

  /** RFC 9110 §10.1.1. */
  private static boolean isContinueAtMost(List<String> expectations) {
    return expectations.stream().allMatch(HttpHeaders.CONTINUE.toString()::equalsIgnoreCase);
  }

  private static boolean isLongerThan(int most, Iterator<?> fields) {
    int count = 0;
    while (fields.hasNext()) {
      var _ = fields.next();
      count++;
    }
    return count > most;
  }

  private static Optional<Problem> bad(String detail) {
    return refused(Problem.Kind.INVALID_REQUEST, detail);
  }

  private static Optional<Problem> refused(Problem.Kind kind, String detail) {
    return Optional.of(Problem.of(kind, detail).closing());
  }
}
