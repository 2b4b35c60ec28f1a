package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A {@code .env} as the Python original's users have it. */
final class DotEnvIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @RegisterExtension final Site site = new Site();

  @Test
  void both_services_run_with_the_settings_of_the_original() {
    site.get().writeData(SampleData.keyed(5).json());
    site.get()
        .writeDotEnv(
            """
            # Event Consumer
            SERVICE_NAME = "event_propagator"  # the account
            SERVICE_PASSWORD = 'canary password'
            SECRET_KEY = "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7"
            ALGORITHM = "HS256" # Do not change
            ACCESS_TOKEN_EXPIRE_MINUTES = 30
            MYSQL_ROOT_PASSWORD = "root"
            # Event Propagator
            SCHEDULER_INTERVAL = 1 # seconds
            ENDPOINT_TO_POST = "event"
            """);

    Child consumer =
        site.get()
            .startWithOnly(
                Service.CONSUMER,
                Map.of("CONSUMER_PORT", Integer.toString(site.get().port())),
                "run");
    site.get().awaitReady(consumer, PATIENCE);
    Child propagator =
        site.get()
            .startWithOnly(
                Service.PROPAGATOR,
                Map.of(
                    "CONSUMER_URL", site.get().consumerUrl().toString(),
                    "DATA_FILE", site.get().dataFile().toString()),
                "run",
                "--limit",
                "3");

    assertThat(propagator.waitFor(PATIENCE)).isZero();
    assertThat(propagator.lines().getLast())
        .isEqualTo("taken 3 = delivered 3 + duplicate 0 + dead 0 + discarded 0 + pending 0");
  }
}
