package io.messagerelay.consumer.app;

import io.messagerelay.consumer.overview.Activity;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does small things once a second, on a thread of its own, until the process ends. */
final class Beat {
  private static final Logger LOG = LoggerFactory.getLogger(Beat.class);

  private final List<Runnable> tasks;

  /**
   * @param tasks that do not wait for anything
   */
  Beat(Runnable... tasks) {
    this.tasks = List.of(tasks);
  }

  /** Once. */
  void start() {
    var seconds =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("beat").daemon().factory());
    long second = Activity.TICK.toMillis();
    var _ = seconds.scheduleAtFixedRate(this::beat, second, second, TimeUnit.MILLISECONDS);
  }

  private void beat() {
    for (Runnable task : tasks) {
      try {
        task.run();
      } catch (RuntimeException e) {
        LOG.error("what is done each second failed by a fault of this service", e);
      }
    }
  }
}
