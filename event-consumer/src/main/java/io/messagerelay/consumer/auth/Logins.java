package io.messagerelay.consumer.auth;

import io.messagerelay.consumer.auth.Accounts.Account;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Decides one login. At most two are decided at once, which bounds the memory and the processors
 * that password hashes take, and what a burst can slip past the throttle. Shared by threads.
 */
final class Logins {
  private static final int AT_ONCE = 2;

  /** What became of a login. */
  sealed interface Login {
    record Accepted(Account account) implements Login {}

    record Wrong() implements Login {}

    /** Too many failures from this address. */
    record Throttled(Duration delay) implements Login {}

    /** Too many logins at once. */
    record Busy() implements Login {}
  }

  private final Accounts accounts;
  private final LoginThrottle throttle;
  private final Duration patience;
  private final Semaphore permits = new Semaphore(AT_ONCE);

  /**
   * @param patience how long a login waits for its turn
   */
  Logins(Accounts accounts, LoginThrottle throttle, Duration patience) {
    this.accounts = accounts;
    this.throttle = throttle;
    this.patience = patience;
  }

  Login attempt(String name, String password, String address) {
    if (!acquire()) {
      return new Login.Busy();
    }
    try {
      Optional<Duration> delay = throttle.delay(address, name);
      return delay.isPresent() ? new Login.Throttled(delay.get()) : decide(name, password, address);
    } finally {
      permits.release();
    }
  }

  private Login decide(String name, String password, String address) {
    Optional<Account> account = accounts.authenticate(name, password);
    if (account.isEmpty()) {
      throttle.failed(address, name);
      return new Login.Wrong();
    }
    return new Login.Accepted(account.get());
  }

  private boolean acquire() {
    try {
      return permits.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
