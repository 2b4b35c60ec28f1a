package io.messagerelay.consumer.app.events;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Closes a stream on which nothing is heard any more, so that its reader connects anew: a network
 * that is gone says nothing. The service sends something every 15 seconds.
 */
final class Silence implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  private final LongSupplier nanoTime;
  private final AtomicReference<@Nullable InputStream> watched = new AtomicReference<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("silence").factory());
  private volatile long lastHeard;

  Silence(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    long every = LOOK_EVERY.toMillis();
    var _ = clock.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
  }

  InputStream over(InputStream stream) {
    heard();
    watched.set(stream);
    return stream;
  }

  void heard() {
    lastHeard = nanoTime.getAsLong();
  }

  private void look() {
    InputStream stream = watched.get();
    if (stream != null && nanoTime.getAsLong() - lastHeard > LONGEST.toNanos()) {
      close(stream);
    }
  }

  static void close(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      // nobody reads it any more
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
