package io.messagerelay.consumer.tail;

import java.util.List;

/** The way to one reader: its answer, as the edge has it. Never blocks; called by one thread. */
public interface Line {

  /**
   * Sends these bytes, one piece after the other, and keeps them until they have left.
   *
   * @param left is called once they have, on any thread
   */
  void send(List<byte[]> pieces, Runnable left);

  /** Ends the answer behind all that was sent, so that the reader knows it for whole. */
  void end();

  /** Breaks the connection off, so that the reader knows that something is missing. */
  void cut();

  /** Whether the reader has gone. */
  boolean isGone();
}
