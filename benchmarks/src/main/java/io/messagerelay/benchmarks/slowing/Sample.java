package io.messagerelay.benchmarks.slowing;

import org.HdrHistogram.Histogram;

/**
 * What happened between two looks.
 *
 * @param begin in seconds since the load began
 * @param end likewise
 * @param offered events that were written to the file
 * @param delivered events that were answered for
 * @param waiting events at its end that were offered and not delivered
 * @param again requests with events that had been sent before
 * @param inFlight requests at the receiver, queued ones included, on average
 * @param latency of the requests that were answered, in nanoseconds
 */
record Sample(
    double begin,
    double end,
    long offered,
    long delivered,
    long waiting,
    long again,
    double inFlight,
    Histogram latency) {
  double seconds() {
    return end - begin;
  }
}
