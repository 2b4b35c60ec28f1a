package io.messagerelay.consumer.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.http.Checked.Bad;
import io.messagerelay.consumer.http.Checked.Good;
import io.messagerelay.consumer.http.connection.LimitTally;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private long now;
  private final Budget budget =
      Budget.ofEventsPerSecond(10, () -> now, new LimitTally(new SimpleMeterRegistry()));

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void a_second_is_worth_as_many_events_as_are_set_and_the_next_one_again() {
    for (int second = 0; second < 3; second++) {
      for (int i = 0; i < 10; i++) {
        assertThat(budget.admit("relay")).isInstanceOf(Good.class);
      }
      assertThat(budget.admit("relay")).isInstanceOf(Bad.class);
      pass(Duration.ofSeconds(1));
    }
  }

  @Test
  void a_batch_takes_all_its_events_and_the_account_waits_the_longer() {
    assertThat(budget.admit("relay")).isInstanceOf(Good.class);
    budget.charge("relay", 50);

    Checked<String> refused = budget.admit("relay");
    assertThat(refused).isInstanceOf(Bad.class);
    Problem problem = ((Bad<String>) refused).problem();
    assertThat(problem.kind()).isEqualTo(Problem.Kind.RATE_LIMITED);
    assertThat(problem.headers()).containsEntry("Retry-After", "5");
    pass(Duration.ofMillis(4050));
    assertThat(budget.admit("relay")).isInstanceOf(Bad.class);
    pass(Duration.ofMillis(100));
    assertThat(budget.admit("relay")).isInstanceOf(Good.class);
  }

  @Test
  void accounts_do_not_share() {
    budget.charge("one", 1_000);

    assertThat(budget.admit("one")).isInstanceOf(Bad.class);
    assertThat(budget.admit("other")).isInstanceOf(Good.class);
  }

  @Test
  void without_a_limit_everything_passes() {
    Budget unlimited = Budget.unlimited();
    unlimited.charge("relay", 1_000_000);

    assertThat(unlimited.admit("relay")).isInstanceOf(Good.class);
  }
}
