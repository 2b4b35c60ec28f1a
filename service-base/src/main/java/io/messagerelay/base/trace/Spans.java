package io.messagerelay.base.trace;

import org.jspecify.annotations.Nullable;

/**
 * Takes spans for a collector. Shared by threads; never waits for the collector: what finds no room
 * while it is slow is dropped, and what it refuses or does not answer for is said. A crash loses
 * the spans of the last second, never an event.
 */
public interface Spans extends AutoCloseable {

  /** Of a service that nobody told of a collector: nothing is loaded for it. */
  Spans NONE =
      new Spans() {
        @Override
        public boolean isOn() {
          return false;
        }

        @Override
        public boolean records(String traceId, @Nullable Boolean wanted) {
          return false;
        }

        @Override
        public void add(Span span) {}

        @Override
        public void close() {}
      };

  /** Whether any event is recorded. */
  boolean isOn();

  /**
   * Whether those of a trace are.
   *
   * @param wanted what the trace's beginning says; {@code null} where it says nothing, and the
   *     share that is set decides
   */
  boolean records(String traceId, @Nullable Boolean wanted);

  /** Hands over a span of a trace that is recorded. */
  void add(Span span);

  /** Sends what is left, for some seconds at most. */
  @Override
  void close();
}
