package io.messagerelay.consumer.http;

import io.messagerelay.consumer.store.StoreException;
import io.messagerelay.consumer.tail.Content;
import io.messagerelay.consumer.tail.Line;
import io.messagerelay.consumer.tail.Streams;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;

/**
 * A stream that was asked for and may be given.
 *
 * @param type of its content
 * @param admission whose it is, and when it has to end, if it is a live one
 * @param beginning blocks on the store
 */
record StreamOpening(
    RoutingContext call, String type, Guard.Admission admission, Beginning beginning)
    implements Streams.Opening {

  interface Beginning {
    Content content() throws StoreException;
  }

  String account() {
    return admission.account();
  }

  @Override
  public Instant end() {
    return admission.expires();
  }

  @Override
  public Content content() throws StoreException {
    return beginning.content();
  }

  @Override
  public void refuse(StoreException why) {
    AnswerRoom.unreadable().answer().send(call);
  }

  @Override
  public void broken(Throwable why) {
    Problem problem = FaultMapper.fault(why, call);
    if (!call.response().headWritten()) {
      problem.answer().send(call);
    }
  }

  @Override
  public Line begin(Runnable gone) {
    prepared().setChunked(true);
    Place place = Place.of(call);
    var line =
        new ChunkedLine(
            call.request(),
            () -> {
              place.end();
              gone.run();
            });
    if (line.isGone()) {
      place.end();
    }
    return line;
  }

  /** The answer to HEAD. */
  void head() {
    var _ = prepared().end();
  }

  /** A proxy that waits for more before it passes on what it has is asked not to. */
  private HttpServerResponse prepared() {
    HttpServerResponse response = call.response();
    response.headers().add(HttpHeaders.VARY, EventListResource.VARY);
    return response.putHeader(HttpHeaders.CONTENT_TYPE, type).putHeader("X-Accel-Buffering", "no");
  }
}
