package io.messagerelay.benchmarks.load;

import java.time.Duration;

/** Requests that are sent to one service. For one thread, which closes it. */
public interface Traffic extends AutoCloseable {

  /**
   * Sends for this time, and gives the answers that came.
   *
   * @throws IllegalStateException when there was any answer but 2xx
   */
  Answers run(Duration time);

  /** Waits for the answers to what is on its way, and sends nothing more. */
  void drain();

  /** Events of all runs that were answered with 2xx. */
  long eventsAnswered();

  /** How many a request carries; 0 for one that reads. */
  int eventsPerRequest();

  @Override
  void close();
}
