package io.messagerelay.propagator.delivery;

import io.messagerelay.contract.Traceparent;
import io.messagerelay.propagator.spool.SpooledEvent;
import java.util.Optional;

/** What requests say of the traces of their events. Shared by lanes. */
public interface Traces {

  /** No spans are made; an event that goes alone brings along the trace that it brought. */
  Traces AS_BROUGHT =
      new Traces() {
        @Override
        public boolean isOn() {
          return false;
        }

        @Override
        public Optional<String> traceparent(SpooledEvent event) {
          return Traceparent.of(event.body());
        }
      };

  /** Whether spans are made whose names follow from the events. */
  boolean isOn();

  /** Of the request with this event alone (W3C Trace Context §3.2); empty for none. */
  Optional<String> traceparent(SpooledEvent event);
}
