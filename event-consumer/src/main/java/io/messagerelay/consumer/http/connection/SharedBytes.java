package io.messagerelay.consumer.http.connection;

import java.util.concurrent.atomic.AtomicLong;

/** Memory that all connections together take for one purpose, in bytes. Shared by threads. */
final class SharedBytes {
  private final AtomicLong sum = new AtomicLong();

  long sum() {
    return sum.get();
  }

  /** The share of one connection; confined to its event loop. */
  Share share() {
    return new Share();
  }

  final class Share {
    private long counted;

    /** Sets the share, and returns the sum with it. */
    long set(long bytes) {
      long change = bytes - counted;
      counted = bytes;
      return change == 0 ? sum.get() : sum.addAndGet(change);
    }

    long add(long bytes) {
      return set(counted + bytes);
    }
  }
}
