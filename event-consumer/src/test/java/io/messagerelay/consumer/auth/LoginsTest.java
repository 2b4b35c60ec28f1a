package io.messagerelay.consumer.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.auth.Logins.Login;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoginsTest {
  private final StoppedClock clock = new StoppedClock("2026-11-25T10:00:00Z");
  private final LoginThrottle throttle = new LoginThrottle(10, clock::nanos);

  private Logins logins(StoredPassword password, Duration patience) {
    return new Logins(new Accounts("relay", password, Set.of("events:read")), throttle, patience);
  }

  @Test
  void a_third_login_is_busy_when_two_take_too_long() throws Exception {
    var started = new CountDownLatch(2);
    var finish = new CountDownLatch(1);
    var logins =
        logins(
            given -> {
              started.countDown();
              return await(finish);
            },
            Duration.ofMillis(1));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Login> first = threads.submit(() -> logins.attempt("relay", "x", "192.0.2.1"));
      Future<Login> second = threads.submit(() -> logins.attempt("relay", "x", "192.0.2.1"));
      assertThat(await(started)).isTrue();

      assertThat(logins.attempt("relay", "x", "192.0.2.3")).isEqualTo(new Login.Busy());

      finish.countDown();
      assertThat(first.get()).isInstanceOf(Login.Accepted.class);
      assertThat(second.get()).isInstanceOf(Login.Accepted.class);
    }
  }

  @Test
  void a_burst_of_guesses_passes_the_limit_by_one_at_most() throws Exception {
    var checks = new AtomicInteger();
    var logins =
        logins(
            given -> {
              checks.incrementAndGet();
              return false;
            },
            Duration.ofSeconds(30));

    assertThat(burst(logins, 200)).contains(new Login.Wrong()).hasSize(200);
    assertThat(checks.get()).isBetween(10, 11);
  }

  private static List<Login> burst(Logins logins, int size)
      throws InterruptedException, ExecutionException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var attempts = new ArrayList<Future<Login>>();
      for (int i = 0; i < size; i++) {
        attempts.add(threads.submit(() -> logins.attempt("relay", "guess", "192.0.2.1")));
      }
      var answers = new ArrayList<Login>();
      for (var attempt : attempts) {
        answers.add(attempt.get());
      }
      return answers;
    }
  }

  @Test
  void good_logins_are_not_counted() {
    var logins = logins(given -> true, Duration.ofSeconds(1));
    for (int i = 0; i < 100; i++) {
      assertThat(logins.attempt("relay", "right", "192.0.2.1")).isInstanceOf(Login.Accepted.class);
    }
  }

  @Test
  void an_interrupted_login_is_busy_and_stays_interrupted() {
    Thread.currentThread().interrupt();

    Login login = logins(given -> true, Duration.ofSeconds(1)).attempt("relay", "x", "192.0.2.1");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(login).isEqualTo(new Login.Busy());
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
