package io.messagerelay.propagator.management;

import io.messagerelay.propagator.delivery.Delivery;
import io.messagerelay.propagator.delivery.EventSender;
import io.messagerelay.propagator.spool.SpooledEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A sender whose requests are measured. Shared by the lanes.
 *
 * @param meters may make the first request's end wait for them
 * @param ticker monotonic nanoseconds
 */
record MeasuredSender(
    EventSender sender, Supplier<RequestMeters> meters, Clock clock, LongSupplier ticker)
    implements EventSender {

  @Override
  public Sending send(List<SpooledEvent> batch) throws InterruptedException {
    long begun = ticker.getAsLong();
    Sending sending = sender.send(batch);
    return () -> {
      Delivery delivery = sending.delivery();
      meters.get().count(delivery, Duration.ofNanos(ticker.getAsLong() - begun), clock.instant());
      return delivery;
    };
  }
}
