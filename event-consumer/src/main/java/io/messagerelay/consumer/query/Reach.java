package io.messagerelay.consumer.query;

import io.messagerelay.contract.EventLimits;

/**
 * How far the reading of one page goes when few events pass the filter.
 *
 * @param events it looks at this many at most
 * @param characters of the payloads that it looks at; at least {@link EventLimits#EVENT_BYTES}
 */
record Reach(int events, long characters) {
  /**
   * What takes some tenths of a second, also when every payload has to be read as JSON: nobody's
   * request, nor the store's connection, is kept for longer.
   */
  static final Reach OF_A_PAGE = new Reach(10_000, 16L * 1024 * 1024);

  /** For how many more events there is room, each of them as large as one can be. */
  int left(int seenEvents, long seenCharacters) {
    long large = (characters - seenCharacters) / EventLimits.EVENT_BYTES;
    return (int) Math.min(large, events - seenEvents);
  }
}
