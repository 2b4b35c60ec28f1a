package io.messagerelay.consumer.app;

import io.messagerelay.base.ExitCodes;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a run ends by a signal. A JVM that does exits with 143 or 130 whatever its threads do, so a
 * shutdown hook halts it with the code that is ours. While the service starts that is at once: then
 * nothing is promised yet, and what a start has begun the next one completes, as after a crash.
 * Afterwards the hook waits until the service has stopped. Shared by threads.
 */
final class Ending {
  /** That of the run, for what the framework makes while it starts. */
  static final ScopedValue<Ending> OF_THIS_RUN = ScopedValue.newInstance();

  private final Thread hook = Thread.ofPlatform().name("ending").unstarted(this::end);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable Duration toStop;

  /** From now on a signal ends the process as the class says. Once. */
  void onSignal() {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // the signal came first, and the JVM is about to exit
    }
  }

  /**
   * From now on the service is stopped in order.
   *
   * @param atMost after which the process ends anyhow, as by a fault
   */
  void waitsForStop(Duration atMost) {
    toStop = atMost;
  }

  private void end() {
    Duration atMost = toStop;
    boolean inOrder = atMost == null || isStoppedWithin(atMost);
    Runtime.getRuntime().halt(inOrder ? ExitCodes.OK : ExitCodes.SOFTWARE);
  }

  private boolean isStoppedWithin(Duration atMost) {
    try {
      return stopped.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The service has stopped. */
  void stopped() {
    stopped.countDown();
  }

  /**
   * Whether what has just failed did so because a signal ends the process: a framework that is
   * stopped while it starts fails of anything. Where it did not, no signal ends the process like
   * this any more, and the exit code is the caller's.
   */
  boolean explainsFailure() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
      return false;
    } catch (IllegalStateException e) {
      return toStop == null || stopped.getCount() == 0; // the JVM is about to exit
    }
  }
}
