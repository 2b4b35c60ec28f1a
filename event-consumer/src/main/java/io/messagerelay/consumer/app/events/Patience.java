package io.messagerelay.consumer.app.events;

import io.messagerelay.base.CommandException;
import io.messagerelay.base.ExitCodes;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long a command waits for a service that does not answer: a second at first, twice as long
 * each time, half a minute at most, and never less than the service asks for. Used by one thread.
 */
final class Patience {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** Lets time pass. */
  interface Sleep {
    void sleep(Duration time) throws InterruptedException;
  }

  static final Sleep REAL = time -> TimeUnit.NANOSECONDS.sleep(time.toNanos());

  private final Sleep sleep;
  private final Duration inAll;
  private Duration next = FIRST;
  private Duration waited = Duration.ZERO;

  /**
   * @param inAll after so much waiting without an answer it is at its end
   */
  Patience(Sleep sleep, Duration inAll) {
    this.sleep = sleep;
    this.inAll = inAll;
  }

  void answered() {
    next = FIRST;
    waited = Duration.ZERO;
  }

  /**
   * @throws CommandException when it is at its end: the same command may work later
   */
  void waitAfter(Unanswered why) throws InterruptedException {
    if (waited.compareTo(inAll) >= 0) {
      throw new CommandException(ExitCodes.TRY_AGAIN, why.words());
    }
    Duration pause = next.compareTo(why.retryAfter()) > 0 ? next : why.retryAfter();
    sleep.sleep(pause);
    waited = waited.plus(pause);
    Duration twice = next.multipliedBy(2);
    next = twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
  }
}
