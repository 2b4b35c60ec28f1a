package io.messagerelay.system.way;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** One request on its way, to the consumer and back. Used by one thread. */
final class Passage {
  private static final long LONGEST_DELAY_NANOS = Duration.ofSeconds(2).toNanos();

  private final Request request;
  private final Caller caller;
  private final Onward onward;
  private final Sleep sleep;
  private final RandomGenerator random;
  private boolean struck = true;

  Passage(Request request, Caller caller, Onward onward, Sleep sleep, RandomGenerator random) {
    this.request = request;
    this.caller = caller;
    this.onward = onward;
    this.sleep = sleep;
    this.random = random;
  }

  Caller caller() {
    return caller;
  }

  RandomGenerator random() {
    return random;
  }

  /**
   * Whether what went wrong is our doing. It is not when the request was sent on and the consumer
   * did not take it.
   */
  boolean isStruck() {
    return struck;
  }

  /** Sends it on. To be called again sends it again. */
  Answer forward() throws IOException {
    boolean before = struck;
    struck = false; // unless an answer comes
    Answer truth = onward.send(request);
    struck = before && truth.isSuccess();
    return truth;
  }

  /** Gives back what the consumer says. */
  void pass() throws IOException {
    caller.answer(forward());
  }

  /** Gives back something else than the consumer says. */
  void lie(UnaryOperator<String> lie) throws IOException {
    Answer truth = forward();
    Answer told = truth.isSuccess() ? truth.with(lie.apply(truth.text())) : truth;
    struck &= !told.text().equals(truth.text());
    caller.answer(told);
  }

  /** Sends it on twice at the same time. */
  void passTwice() throws IOException {
    var other = CompletableFuture.supplyAsync(this::isTaken, Thread::startVirtualThread);
    pass();
    struck &= other.join();
  }

  private boolean isTaken() {
    try {
      return onward.send(request).isSuccess();
    } catch (IOException e) {
      return false;
    }
  }

  /** Sends it on, and once more when the caller has gone on with others. */
  void passAndRepeat() throws IOException {
    caller.answer(forward().withHeader("Connection", "close"));
    caller.close();
    dawdle();
    forward();
  }

  /** Lets up to two seconds go by. */
  void dawdle() throws IOException {
    pause(Duration.ofNanos(random.nextLong(LONGEST_DELAY_NANOS)));
  }

  /** Lets more time go by than the caller waits for an answer. */
  void outwait() throws IOException {
    pause(FaultyWay.CALLERS_PATIENCE.plusMillis(500));
  }

  private void pause(Duration time) throws IOException {
    try {
      sleep.pass(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }
}
