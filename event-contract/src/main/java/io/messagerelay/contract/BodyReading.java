package io.messagerelay.contract;

import java.util.List;

/** What became of reading a whole body. */
public sealed interface BodyReading {
  /** The body is one JSON object: one event. */
  record Single(Reading reading) implements BodyReading {}

  /** The body is an array or NDJSON; one reading an item, in order. Empty for an empty batch. */
  record Batch(List<Reading> readings) implements BodyReading {
    public Batch {
      readings = List.copyOf(readings);
    }
  }

  /**
   * The body as a whole is not what it says it is (not UTF-8, not JSON, neither object nor array).
   *
   * @param glimpse without a type
   */
  record Malformed(Fault fault, Glimpse glimpse) implements BodyReading {}

  /** More than {@link EventLimits#BATCH_EVENTS} items. */
  record TooMany() implements BodyReading {}
}
