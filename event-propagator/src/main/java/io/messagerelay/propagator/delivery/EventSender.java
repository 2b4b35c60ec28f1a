package io.messagerelay.propagator.delivery;

import io.messagerelay.propagator.spool.SpooledEvent;
import java.util.List;

/** Makes one attempt to deliver. Shared by the lanes. */
public interface EventSender {

  /** An attempt that is under way. */
  @FunctionalInterface
  interface Sending {
    /** Waits for the answer, within the sender's time-out. Once only. */
    Delivery delivery() throws InterruptedException;
  }

  /**
   * Sends the events in one request, and returns while it is under way. Neither this nor the wait
   * throws for what the world does.
   *
   * @param batch one lane's events, in order; 1 or more
   */
  Sending send(List<SpooledEvent> batch) throws InterruptedException;
}
