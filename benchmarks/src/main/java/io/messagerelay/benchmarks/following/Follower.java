package io.messagerelay.benchmarks.following;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/** What one reader of a live stream got. Written by the thread that reads, looked at by others. */
final class Follower implements StreamLines.Taker {
  /** Told of each event. */
  interface Lags {
    void event(long receivedMicrosOfDay);
  }

  private static final byte[] ID = "id: ".getBytes(US_ASCII);
  private static final byte[] DATA = "data: {\"id\":".getBytes(US_ASCII);

  /** An event without a key ends so: {@code 2026-11-25T09:30:00.123456Z"}}. */
  private static final int TIME_FROM_END = "09:30:00.123456Z\"}".length();

  private final Lags lags;
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong positions = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  // Owned by the thread that reads.
  private long last;
  private long newEvents;
  private long newPositions;

  private volatile boolean isGreeted;

  Follower(Lags lags) {
    this.lags = lags;
  }

  /** What it got since it began, or what it should have got. */
  record Got(long events, long positions) {}

  /** How many events, and the sum of their positions. Together only while nothing comes. */
  Got got() {
    return new Got(events.get(), positions.get());
  }

  long events() {
    return events.get();
  }

  long bytes() {
    return bytes.get();
  }

  /** Whether the stream tells where it begins: from here on it misses nothing. */
  boolean isGreeted() {
    return isGreeted;
  }

  /** After some bytes were taken: what came counts for others now. */
  void publish(int read) {
    bytes.lazySet(bytes.get() + read);
    positions.lazySet(positions.get() + newPositions);
    events.lazySet(events.get() + newEvents);
    newEvents = 0;
    newPositions = 0;
  }

  @Override
  public void line(byte[] line, int length) {
    if (begins(line, length, DATA)) {
      event(line, length);
    } else if (begins(line, length, ID)) {
      isGreeted = true;
    }
  }

  private static boolean begins(byte[] line, int length, byte[] with) {
    return length >= with.length && Arrays.equals(line, 0, with.length, with, 0, with.length);
  }

  /** Positions only rise: no event comes twice, and none out of order. */
  private void event(byte[] line, int length) {
    long position = 0;
    for (int at = DATA.length; line[at] != ','; at++) {
      position = 10 * position + line[at] - '0';
    }
    if (position <= last) {
      throw new IllegalStateException(
          "an event at %d came behind the one at %d".formatted(position, last));
    }
    last = position;
    newEvents++;
    newPositions += position;
    lags.event(microsOfDay(line, length - TIME_FROM_END));
  }

  private static long microsOfDay(byte[] line, int at) {
    if (line[at + 2] != ':' || line[at + 8] != '.' || line[at + 15] != 'Z') {
      throw new IllegalStateException(
          "no received_time at the end of " + new String(line, US_ASCII).strip());
    }
    long seconds =
        3_600 * number(line, at, 2) + 60 * number(line, at + 3, 2) + number(line, at + 6, 2);
    return seconds * 1_000_000 + number(line, at + 9, 6);
  }

  private static long number(byte[] line, int from, int digits) {
    long number = 0;
    for (int at = from; at < from + digits; at++) {
      number = 10 * number + line[at] - '0';
    }
    return number;
  }
}
