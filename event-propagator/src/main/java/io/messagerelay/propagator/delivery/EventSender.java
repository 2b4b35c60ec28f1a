package io.messagerelay.propagator.delivery;

import io.messagerelay.propagator.spool.SpooledEvent;
import java.util.List;

/** Makes one attempt to deliver. Shared by the lanes. */
public interface EventSender {

  /**
   * Sends the events in one request and waits for the answer, within the sender's time-out. Never
   * throws for what the world does.
   *
   * @param batch one lane's events, in order; 1 or more
   */
  Delivery send(List<SpooledEvent> batch) throws InterruptedException;
}
