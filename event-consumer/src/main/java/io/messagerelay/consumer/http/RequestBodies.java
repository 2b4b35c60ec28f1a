package io.messagerelay.consumer.http;

import io.messagerelay.consumer.http.Checked.Bad;
import io.messagerelay.consumer.http.Checked.Good;
import io.messagerelay.consumer.http.connection.LimitTally;
import io.messagerelay.consumer.http.connection.LimitTally.Limit;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads the bodies of requests as they arrive, within a size and a time, and all of them together
 * within a size as well. Called on a request's event loop, where all that concerns one request
 * happens. Shared by event loops.
 */
public final class RequestBodies {
  /** All bodies that have begun to arrive and are not read yet, in bytes. */
  static final long MOST_KEPT = 16L * 1024 * 1024;

  private static final Duration ROOM_AFTER = Duration.ofSeconds(1);

  /** How much longer a refused body may come, and how much of it, before its connection is cut. */
  private static final Duration LINGER = Duration.ofSeconds(1);

  private static final int LINGER_BYTES = 4 * 1024 * 1024;

  private final Duration timeout;
  private final LimitTally tally;
  private final AtomicLong kept = new AtomicLong();

  /**
   * @param timeout from a request's headers to the end of its body
   */
  public RequestBodies(Duration timeout, LimitTally tally) {
    this.timeout = timeout;
    this.tally = tally;
  }

  /**
   * What the sink made of the whole body; refused when it is larger than {@code limit} bytes, is
   * too slow, breaks off, or finds no room beside the others. Completes on the event loop.
   */
  <T> CompletionStage<Checked<T>> read(RoutingContext call, int limit, BodySink<T> sink) {
    if (waitsForContinue(call.request())) {
      call.response().writeContinue();
    }
    var body = new Arriving<>(call.request(), limit, sink, kept, tally);
    body.start(call.vertx(), timeout);
    return body.result;
  }

  /** A client of HTTP/1.0 does not, whatever it says (RFC 9110 §10.1.1). */
  private static boolean waitsForContinue(HttpServerRequest request) {
    return request.version() == HttpVersion.HTTP_1_1
        && request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true);
  }

  /**
   * Lets a body go by that nobody will read, so that the connection can be used again. One that is
   * too large or too slow ends its connection, but never before the answer is out. A request
   * without one has arrived, however long its answer takes.
   */
  void discard(RoutingContext call, int limit) {
    if (!hasBody(call.request())) {
      return;
    }
    var body = new Arriving<>(call.request(), limit, new Nothing(), new AtomicLong(), tally);
    var _ =
        body.result.thenAccept(
            outcome -> {
              if (outcome instanceof Bad<Boolean>) {
                closeAnswered(call);
              }
            });
    body.start(call.vertx(), timeout);
  }

  /** RFC 9112 §6. */
  private static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        || (length != null && !length.equals("0"));
  }

  private static void closeAnswered(RoutingContext call) {
    if (call.response().ended()) {
      close(call);
    } else {
      call.addEndHandler(_ -> close(call));
    }
  }

  /**
   * Ends the connection of a request that was answered, once its body has come or has come for long
   * enough: closed while bytes are on their way it would be reset, and with it an answer that the
   * client has not read yet (RFC 9112 §9.6).
   */
  static void close(RoutingContext call) {
    HttpServerRequest request = call.request();
    if (request.isEnded()) {
      request.connection().close();
      return;
    }
    call.vertx().setTimer(LINGER.toMillis(), _ -> request.connection().close());
    request.exceptionHandler(_ -> request.connection().close());
    request.endHandler(_ -> request.connection().close());
    var left = new AtomicLong(LINGER_BYTES);
    request.handler(
        chunk -> {
          if (left.addAndGet(-chunk.length()) < 0) {
            request.connection().close();
          }
        });
    request.resume();
  }

  private static final class Nothing implements BodySink<Boolean> {
    @Override
    public void take(Buffer chunk) {}

    @Override
    public Boolean finish() {
      return true;
    }
  }

  /** A body on its way. Confined to its event loop. */
  private static final class Arriving<T> {
    private final HttpServerRequest request;
    private final int limit;
    private final BodySink<T> sink;
    private final CompletableFuture<Checked<T>> result = new CompletableFuture<>();
    private final AtomicLong keptByAll;
    private final LimitTally tally;
    private long received;
    private long kept;

    Arriving(
        HttpServerRequest request,
        int limit,
        BodySink<T> sink,
        AtomicLong keptByAll,
        LimitTally tally) {
      this.request = request;
      this.limit = limit;
      this.sink = sink;
      this.keptByAll = keptByAll;
      this.tally = tally;
    }

    void start(Vertx vertx, Duration timeout) {
      long timer =
          vertx.setTimer(timeout.toMillis(), _ -> refuse(Limit.SLOW_BODY, tooSlow(timeout)));
      var _ = result.whenComplete((_, _) -> vertx.cancelTimer(timer));
      var _ = result.whenComplete((_, _) -> keptByAll.addAndGet(-kept));
      request.handler(guarded(this::take));
      request.exceptionHandler(_ -> refuse(brokenOff()));
      request.endHandler(guarded(_ -> finish()));
      request.resume();
    }

    private void take(Buffer chunk) {
      received += chunk.length();
      if (received > limit) {
        refuse(tooLarge(limit));
      } else if (!result.isDone()) {
        keep(chunk);
      }
    }

    private void keep(Buffer chunk) {
      kept += chunk.length();
      if (keptByAll.addAndGet(chunk.length()) > MOST_KEPT) {
        refuse(Limit.BODIES, noRoom());
      } else {
        sink.take(chunk);
      }
    }

    private void finish() {
      if (!result.isDone()) {
        result.complete(new Good<>(sink.finish()));
      }
    }

    /** A fault of ours ends in the one place where those are answered. */
    private <E> Handler<E> guarded(Handler<E> handler) {
      return event -> {
        try {
          handler.handle(event);
        } catch (RuntimeException e) {
          result.completeExceptionally(e);
        }
      };
    }

    private void refuse(Limit limit, Problem problem) {
      if (!result.isDone()) {
        tally.count(limit);
        refuse(problem);
      }
    }

    private void refuse(Problem problem) {
      result.complete(new Bad<>(problem.closing()));
    }
  }

  static Problem tooLarge(int limit) {
    return Problem.of(Problem.Kind.TOO_LARGE, "a body here has at most " + limit + " bytes");
  }

  private static Problem noRoom() {
    return Problem.of(Problem.Kind.OVERLOADED, "nothing of the request was stored")
        .retryAfter(ROOM_AFTER);
  }

  private static Problem tooSlow(Duration timeout) {
    String detail = "a request has " + seconds(timeout) + " seconds to arrive";
    return Problem.of(Problem.Kind.REQUEST_TIMEOUT, detail);
  }

  /** With decimals, as the setting. */
  private static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString();
  }

  private static Problem brokenOff() {
    return Problem.of(Problem.Kind.INVALID_REQUEST, "the request broke off");
  }
}
