package io.messagerelay.browser;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What a busy consumer gets: the events of a propagator, and beside them some of others, now more
 * and now fewer, a few of which it refuses.
 */
final class Traffic implements AutoCloseable {
  private static final int PERIOD_MILLIS = 500;
  private static final int PERIODS_OF_A_WAVE = 240;
  private static final int MEAN = 20;
  private static final int SWING = 15;
  private static final int REFUSED_ONE_OF = 17;

  private final Sender sender;
  private final RunningPropagator propagator;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private int period;

  private final Future<?> sending;

  private Traffic(Sender sender, RunningPropagator propagator) {
    this.sender = sender;
    this.propagator = propagator;
    sending = clock.scheduleAtFixedRate(this::send, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  static Traffic startIn(Path folder, RunningConsumer consumer) throws IOException {
    return new Traffic(new Sender(consumer), RunningPropagator.startIn(folder, consumer));
  }

  private void send() {
    double wave = Math.sin(2 * Math.PI * period / PERIODS_OF_A_WAVE);
    sender.events("order-" + period + "-", (int) (MEAN + SWING * wave), "order.created");
    if (period % REFUSED_ONE_OF == 0) {
      sender.send("{\"event_type\": \"order.created\", \"payload\": \"p\"}");
    }
    period++;
  }

  @Override
  public void close() {
    sending.cancel(false);
    clock.close();
    propagator.close();
    sender.close();
  }
}
