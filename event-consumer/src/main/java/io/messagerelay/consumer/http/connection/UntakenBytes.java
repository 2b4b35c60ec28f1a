package io.messagerelay.consumer.http.connection;

import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one peer has not taken of what was written to it, and whether it takes any. Confined to its
 * event loop; the sum is shared.
 */
final class UntakenBytes {
  enum State {
    /** Everything was taken. */
    NONE,
    MOVES,
    /** Nothing was taken for the time that is allowed. */
    STALLED
  }

  /** So many looks without a change are the time that is allowed. */
  private static final int LOOKS = 30;

  private final Duration pause;
  private final SharedBytes.Share share;
  private int message;
  private long progress;
  private int looksWithoutChange;

  UntakenBytes(Duration stall, SharedBytes all) {
    this.pause = stall.dividedBy(LOOKS);
    this.share = all.share();
  }

  /** Until the next look. */
  Duration pause() {
    return pause;
  }

  /**
   * @param buffer the connection's; {@code null} when it is closed
   */
  State look(@Nullable ChannelOutboundBuffer buffer) {
    count(buffer);
    if (buffer == null || buffer.isEmpty()) {
      looksWithoutChange = 0;
      return State.NONE;
    }
    int current = System.identityHashCode(buffer.current());
    if (current != message || buffer.currentProgress() != progress) {
      message = current;
      progress = buffer.currentProgress();
      looksWithoutChange = 0;
    } else {
      looksWithoutChange++;
    }
    return looksWithoutChange < LOOKS ? State.MOVES : State.STALLED;
  }

  /** Brings this connection's share of the sum up to date. */
  void count(@Nullable ChannelOutboundBuffer buffer) {
    share.set(buffer == null ? 0 : buffer.totalPendingWriteBytes());
  }
}
