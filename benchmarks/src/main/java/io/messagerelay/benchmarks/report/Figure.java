package io.messagerelay.benchmarks.report;

/** What is measured. */
public enum Figure {
  /** Events, or answers to reads, a second. */
  RATE,
  /** Events a second over the whole life of a process. */
  WHOLE_RATE,
  /** Median latency in milliseconds. */
  P50,
  /** The 99th percentile of latency in milliseconds. */
  P99,
  /** The longest latency in milliseconds. */
  LONGEST,
  /** Refusals a second. */
  REFUSED,
  /** Mean events of a transaction. */
  GROUP,
  /** Processors that event-consumer used, of all there are: 0 to 1. */
  SERVICE_SHARE,
  /** The same of event-propagator. */
  PROPAGATOR_SHARE,
  /** The same of the database's server. */
  SERVER_SHARE,
  /** The same of the load generator. */
  GENERATOR_SHARE,
  /** MiB in memory at the end of the window. */
  RESIDENT,
  /** Events a second that readers of streams got, all together. */
  DELIVERED,
  /** MiB a second of the same. */
  DELIVERED_MIB,
  /** Median time from the commit to a reader, in milliseconds. */
  LAG_P50,
  /** The 99th percentile of the same. */
  LAG_P99,
  /** Seconds until it was done. */
  SECONDS,
  /** Events a second that were removed. */
  REMOVED
}
