package io.messagerelay.propagator.loop;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LoopTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final BlockingQueue<Throwable> deaths = new LinkedBlockingQueue<>();
  private final BlockingQueue<Integer> rounds = new LinkedBlockingQueue<>();
  private final AtomicInteger count = new AtomicInteger();

  @Test
  void steps_follow_at_once_when_the_step_says_zero() throws Exception {
    try (Loop loop = loop(() -> round(Duration.ZERO))) {
      loop.start();
      assertThat(rounds.poll(10, SECONDS)).isEqualTo(1);
      assertThat(rounds.poll(10, SECONDS)).isEqualTo(2);
      assertThat(rounds.poll(10, SECONDS)).isEqualTo(3);
    }
  }

  @Test
  void a_pause_passes_by_itself() throws Exception {
    try (Loop loop = loop(() -> round(Duration.ofMillis(1)))) {
      loop.start();
      assertThat(rounds.poll(10, SECONDS)).isEqualTo(1);
      assertThat(rounds.poll(10, SECONDS)).isEqualTo(2);
    }
  }

  @Test
  void a_wake_up_ends_the_wait() throws Exception {
    try (Loop loop = loop(() -> round(Step.NEVER))) {
      loop.start();
      assertThat(rounds.poll(10, SECONDS)).isEqualTo(1);
      loop.wake();
      assertThat(rounds.poll(10, SECONDS)).isEqualTo(2);
    }
  }

  @Test
  void a_wake_up_during_a_step_is_not_lost() throws Exception {
    var gate = new SynchronousQueue<String>();
    try (Loop loop =
        loop(
            () -> {
              Duration pause = round(LONG);
              gate.take();
              return pause;
            })) {
      loop.start();
      assertThat(rounds.poll(10, SECONDS)).isEqualTo(1);
      loop.wake();
      gate.put("go on");
      assertThat(rounds.poll(10, SECONDS)).isEqualTo(2);
      gate.put("go on");
    }
  }

  @Test
  void close_lets_the_running_step_finish() throws Exception {
    var inStep = new CountDownLatch(1);
    var gate = new CountDownLatch(1);
    var finished = new CountDownLatch(1);
    Loop loop =
        loop(
            () -> {
              inStep.countDown();
              gate.await();
              finished.countDown();
              return round(Duration.ZERO);
            });
    loop.start();
    assertThat(inStep.await(10, SECONDS)).isTrue();
    loop.stop();
    gate.countDown();
    loop.close();

    assertThat(finished.getCount()).isZero();
    assertThat(rounds).containsExactly(1);
    assertThat(deaths).isEmpty();
  }

  @Test
  void a_step_finishes_once_after_its_last_round() throws Exception {
    var ended = new LinkedBlockingQueue<Integer>();
    Loop loop =
        loop(
            new Step() {
              @Override
              public Duration run() {
                return round(LONG);
              }

              @Override
              public void finish() {
                ended.add(count.get());
              }
            });
    loop.start();
    assertThat(rounds.poll(10, SECONDS)).isEqualTo(1);
    loop.close();

    assertThat(ended).containsExactly(1);
    assertThat(rounds).isEmpty();
  }

  @Test
  void close_interrupts_a_step_that_outstays_the_grace() throws Exception {
    var inStep = new CountDownLatch(1);
    var interrupted = new CountDownLatch(1);
    Loop loop =
        new Loop(
            "test",
            () -> {
              inStep.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
              }
              return Duration.ZERO;
            },
            Duration.ofMillis(1),
            deaths::add);
    loop.start();
    assertThat(inStep.await(10, SECONDS)).isTrue();
    loop.close();

    assertThat(interrupted.getCount()).isZero();
    assertThat(deaths).isEmpty();
  }

  @Test
  void a_step_that_throws_ends_the_loop_and_is_reported() throws Exception {
    var fault = new IllegalStateException("the disk is gone");
    try (Loop loop =
        loop(
            () -> {
              round(Duration.ZERO);
              throw fault;
            })) {
      loop.start();
      assertThat(deaths.poll(10, SECONDS)).isSameAs(fault);
    }
    assertThat(rounds).containsExactly(1);
  }

  @Test
  void a_loop_that_never_started_closes_at_once() {
    Loop loop = loop(() -> round(Duration.ZERO));
    loop.close();
    assertThat(rounds).isEmpty();
  }

  private Loop loop(Step step) {
    return new Loop("test", step, Duration.ofSeconds(10), deaths::add);
  }

  private Duration round(Duration pause) {
    rounds.add(count.incrementAndGet());
    return pause;
  }
}
