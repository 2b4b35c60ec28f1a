package io.messagerelay.propagator.source;

import org.jspecify.annotations.Nullable;

/**
 * Where events arise. A source holds nothing that cannot be made again: what it has handed over is
 * remembered by the spool, in the transaction that takes the items. Used by one thread.
 */
public interface EventSource {

  /**
   * Names this source in the spool's books and in messages; the key under which its progress is
   * kept.
   */
  String name();

  /**
   * The next items, in order; empty when there is nothing now. Their bodies together are 4 MiB or
   * less, or it is one item: all of them must fit into the spool at once.
   *
   * @param progress what the last taken poll returned, {@code null} at the very first
   * @param atMost how many items are wanted, 1 or more
   * @throws SourceException when the source cannot be read; the pump says so and asks again later
   */
  Polled poll(@Nullable String progress, int atMost) throws SourceException;

  /**
   * How many events may wait in the spool while this source is asked for more. One whose items keep
   * need not be far ahead of the delivery, and a short spool is a fast one.
   */
  default long mostAhead() {
    return Long.MAX_VALUE;
  }
}
