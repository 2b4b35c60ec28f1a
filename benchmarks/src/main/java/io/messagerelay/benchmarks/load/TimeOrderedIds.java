package io.messagerelay.benchmarks.load;

import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Writes new UUIDs of version 7 (RFC 9562 §5.7) into buffers, each after the one before, without
 * making an object. For one thread.
 */
public final class TimeOrderedIds {
  /** Characters of an id. */
  static final int LENGTH = 36;

  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private final LongSupplier millis;
  private final RandomGenerator random;
  private long time;
  private int counter;

  /**
   * @param millis the time of day in milliseconds
   */
  public TimeOrderedIds(LongSupplier millis, RandomGenerator random) {
    this.millis = millis;
    this.random = random;
  }

  /** Writes the next id at an index; position and limit stay. */
  void writeTo(ByteBuffer bytes, int at) {
    advance();
    write(bytes, at, time >>> 16, 8);
    bytes.put(at + 8, (byte) '-');
    write(bytes, at + 9, time, 4);
    bytes.put(at + 13, (byte) '-');
    write(bytes, at + 14, 0x7000L | counter, 4);
    bytes.put(at + 18, (byte) '-');
    long chance = random.nextLong();
    write(bytes, at + 19, 0x8000L | (chance >>> 50), 4);
    bytes.put(at + 23, (byte) '-');
    write(bytes, at + 24, chance, 12);
  }

  /** 4,096 ids a millisecond; beyond that the time runs ahead. */
  private void advance() {
    long now = millis.getAsLong();
    if (now > time) {
      time = now;
      counter = 0;
    } else if (++counter == 0x1000) {
      time++;
      counter = 0;
    }
  }

  private static void write(ByteBuffer bytes, int at, long value, int digits) {
    for (int digit = digits - 1; digit >= 0; digit--) {
      bytes.put(at + digit, HEX[(int) value & 0xF]);
      value >>>= 4;
    }
  }
}
