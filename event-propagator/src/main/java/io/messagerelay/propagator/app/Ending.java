package io.messagerelay.propagator.app;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * How a run comes to its end: a signal or the death of a loop asks for it, the main thread cleans
 * up and says with which exit code. Shared by threads.
 *
 * <p>A JVM that ends by a signal exits with 143 or 130 whatever its threads do. So the shutdown
 * hook waits for the main thread and then halts with the code that it gave.
 */
final class Ending {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final AtomicReference<@Nullable Throwable> death = new AtomicReference<>();
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

  /** Makes SIGTERM and SIGINT ask for the end. */
  void onSignal() {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("shutdown")
                .unstarted(
                    () -> {
                      ask();
                      Runtime.getRuntime().halt(exitCode.join());
                    }));
  }

  void ask() {
    asked.countDown();
  }

  /** Whether somebody has. */
  boolean isAsked() {
    return asked.getCount() == 0;
  }

  /** A loop died; the first one counts. */
  void dieOf(Throwable cause) {
    death.compareAndSet(null, cause);
    ask();
  }

  /** Waits until somebody asks; false when nobody did within {@code atMost}. */
  boolean await(Duration atMost) throws InterruptedException {
    return asked.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What a loop died of; {@code null} when none did. */
  @Nullable Throwable death() {
    return death.get();
  }

  /** The last word of the main thread. Returns the code. */
  int with(int code) {
    exitCode.complete(code);
    return code;
  }
}
