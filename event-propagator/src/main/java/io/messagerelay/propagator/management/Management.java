package io.messagerelay.propagator.management;

import io.messagerelay.propagator.delivery.EventSender;

/** What a run tells of itself while it lasts. Closed last, by whoever opened it. */
public interface Management extends AutoCloseable {

  /** Of a run that nobody asked: nothing is opened, measured or loaded. */
  Management NONE =
      new Management() {
        @Override
        public EventSender measured(EventSender sender) {
          return sender;
        }

        @Override
        public void begin(Vitals vitals) {}

        @Override
        public void close() {}
      };

  /** The same sender, of whose requests is told what becomes of them. */
  EventSender measured(EventSender sender);

  /** The loops work from now on. Once only. */
  void begin(Vitals vitals);

  @Override
  void close();
}
