package io.messagerelay.system.way;

import java.util.Map;

/** How a propagator reaches the consumer. Whoever opens one closes it. */
public interface Way extends AutoCloseable {

  /** Without anything in between. */
  Way STRAIGHT = new Straight();

  /** What a propagator is started with to go it, these included. */
  Map<String, String> settings(Map<String, String> others);

  /** What went wrong on it so far. */
  Injected injected();

  @Override
  void close();

  /** Nothing goes wrong on it that the processes do not do themselves. */
  record Straight() implements Way {
    @Override
    public Map<String, String> settings(Map<String, String> others) {
      return others;
    }

    @Override
    public Injected injected() {
      return Injected.NOTHING;
    }

    @Override
    public void close() {}
  }
}
