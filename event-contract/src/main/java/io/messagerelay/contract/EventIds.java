package io.messagerelay.contract;

import com.fasterxml.uuid.UUIDClock;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.time.Clock;
import java.util.Random;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Makes event ids: UUIDs of version 7 (RFC 9562 §5.7) in lower case. Each sorts after all that the
 * same instance made before, also when the clock is set back; ids that grow keep the store's index
 * fast. Shared by threads.
 */
public final class EventIds implements Supplier<String> {
  private final TimeBasedEpochGenerator generator;

  /**
   * @param random should be unpredictable where ids of several processes meet
   */
  public EventIds(Clock clock, RandomGenerator random) {
    this.generator = new TimeBasedEpochGenerator(Random.from(random), new Ascending(clock));
  }

  /** A new id, 36 characters. */
  @Override
  public synchronized String get() {
    // The generator orders ids of one millisecond only; reading its clock and making the id must
    // not be torn apart by another thread.
    return generator.generate().toString();
  }

  /** Whether an event can have this id. */
  public static boolean isValid(String id) {
    return Rule.FOR_ID.stream().allMatch(rule -> rule.holds().test(id));
  }

  /** A clock that stands still while the one behind it is set back. */
  private static final class Ascending extends UUIDClock {
    private final Clock clock;
    private long latest = Long.MIN_VALUE;

    Ascending(Clock clock) {
      this.clock = clock;
    }

    @Override
    public long currentTimeMillis() {
      latest = Math.max(latest, clock.millis());
      return latest;
    }
  }
}
