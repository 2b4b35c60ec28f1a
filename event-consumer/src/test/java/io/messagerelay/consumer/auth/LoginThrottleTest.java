package io.messagerelay.consumer.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginThrottleTest {
  private final StoppedClock clock = new StoppedClock("2026-11-25T10:00:00Z");
  private final LoginThrottle throttle = new LoginThrottle(10, clock::nanos);

  private void fail(int times, String address, String account) {
    for (int i = 0; i < times; i++) {
      throttle.failed(address, account);
    }
  }

  @Test
  void lets_an_address_try_until_it_has_failed_ten_times() {
    fail(9, "192.0.2.1", "relay");
    assertThat(throttle.delay("192.0.2.1", "relay")).isEmpty();

    fail(1, "192.0.2.1", "relay");
    assertThat(throttle.delay("192.0.2.1", "relay")).contains(Duration.ofSeconds(6));
  }

  @Test
  void leaves_other_addresses_and_other_accounts_alone() {
    fail(10, "192.0.2.1", "relay");

    assertThat(throttle.delay("192.0.2.2", "relay")).isEmpty();
    assertThat(throttle.delay("192.0.2.1", "other")).isEmpty();
  }

  @Test
  void bounds_the_failures_of_an_address_over_all_accounts() {
    for (int i = 0; i < 60; i++) {
      assertThat(throttle.delay("192.0.2.1", "guess" + i)).isEmpty();
      throttle.failed("192.0.2.1", "guess" + i);
    }

    assertThat(throttle.delay("192.0.2.1", "relay")).contains(Duration.ofSeconds(1));
    assertThat(throttle.delay("192.0.2.2", "relay")).isEmpty();
  }

  @Test
  void allows_ten_failures_a_minute_in_the_long_run() {
    int failures = 0;
    for (int second = 0; second < 600; second++) {
      while (throttle.delay("192.0.2.1", "relay").isEmpty()) {
        throttle.failed("192.0.2.1", "relay");
        failures++;
      }
      clock.advance(Duration.ofSeconds(1));
    }

    assertThat(failures).isBetween(105, 110);
  }

  @Test
  void warns_once_a_minute_of_an_address_that_goes_on_and_names_no_account() {
    try (var lines = new LogLines(LoginThrottle.class)) {
      fail(9, "192.0.2.1", "relay");
      assertThat(lines.all()).isEmpty();

      fail(30, "192.0.2.1", "relay");
      clock.advance(Duration.ofSeconds(59));
      fail(30, "192.0.2.1", "relay");
      assertThat(lines.all())
          .containsExactly(
              "WARN too many failed logins from 192.0.2.1; it is answered 429 for a while");

      clock.advance(Duration.ofSeconds(1));
      fail(30, "192.0.2.1", "relay");
      assertThat(lines.all()).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8::1, 2001:db8::ffff:2, true",
    "2001:db8:0:0:1::1, 2001:db8:0:0:2::1, true",
    "2001:db8::1, 2001:db8:0:1::1, false",
    "192.0.2.1, ::ffff:192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "somewhere, somewhere, true",
    "somewhere, elsewhere, false",
  })
  void counts_an_ipv6_client_by_its_network(String one, String other, boolean same) {
    fail(10, one, "relay");

    assertThat(throttle.delay(other, "relay").isPresent()).isEqualTo(same);
  }
}
