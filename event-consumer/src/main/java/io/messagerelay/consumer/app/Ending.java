package io.messagerelay.consumer.app;

import io.messagerelay.base.ExitCodes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * With which code the process ends. A JVM that ends by a signal exits with 143 or 130 whatever its
 * threads do. So a shutdown hook waits until the service has stopped, and then halts with the code
 * that it gave. Shared by threads.
 */
final class Ending {
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

  /**
   * @param atMost after which the process ends anyhow, as by a fault
   */
  void onSignal(Duration atMost) {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("ending")
                .unstarted(() -> Runtime.getRuntime().halt(codeWithin(atMost))));
  }

  private int codeWithin(Duration atMost) {
    return exitCode
        .completeOnTimeout(ExitCodes.SOFTWARE, atMost.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  /** The service has stopped. */
  void with(int code) {
    exitCode.complete(code);
  }
}
