package io.messagerelay.benchmarks.load;

/** What the connections of a {@link ClosedLoop} send. */
public interface Requests {

  /**
   * What one connection sends again and again.
   *
   * @param connection 0 for the first
   */
  Request of(int connection);

  /** How many events a request carries; 0 for a request that reads. */
  int events();
}
