package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands that look and change nothing. */
final class CheckIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @RegisterExtension final Site site = new Site();

  @Test
  void check_finds_what_is_right_and_that_a_port_is_in_use() {
    site.get().writeData(SampleData.keyed(3).json());
    Child consumer = site.get().consumer();
    site.get().awaitReady(consumer, PATIENCE);

    Child check = site.get().start(Service.PROPAGATOR, Map.of(), "check");

    assertThat(check.waitFor(PATIENCE)).isZero();
    assertThat(check.lines())
        .containsExactly(
            "ok    settings   complete",
            "ok    data file  " + site.get().dataFile(),
            "ok    spool      var/spool: new",
            "ok    login      relay at " + site.get().consumerUrl() + "/token",
            "ok    consumer   " + site.get().consumerUrl() + "/event accepts the token");
    Child inUse = site.get().start(Service.CONSUMER, Map.of(), "check");
    assertThat(inUse.waitFor(PATIENCE)).isEqualTo(69);
    assertThat(inUse.lines().getLast())
        .startsWith("FAIL ")
        .contains("CONSUMER_PORT", Integer.toString(site.get().port()));
    consumer.kill();
    Child free = site.get().start(Service.CONSUMER, Map.of(), "check");
    assertThat(free.waitFor(PATIENCE)).isZero();
  }

  @Test
  void check_reads_the_books_of_a_spool_that_is_in_use() {
    site.get().writeData(SampleData.keyed(3).json());
    Child running = site.get().propagator();
    Waiting.until("events are taken", PATIENCE, () -> running.output().contains(" taken "));

    Child check = site.get().start(Service.PROPAGATOR, Map.of(), "check");

    assertThat(check.waitFor(PATIENCE)).isEqualTo(69); // there is no consumer
    assertThat(check.lines())
        .filteredOn(line -> line.contains(" spool "))
        .singleElement()
        .asString()
        .matches(
            "ok    spool      var/spool: taken [1-9].* = .* pending [1-9].*; in use by"
                + " event-propagator \\(process \\d+\\)");
    assertThat(running.alive()).isTrue();
  }

  @Test
  void check_tells_a_refused_login_from_a_consumer_that_is_away() {
    site.get().writeData(SampleData.keyed(3).json());
    Child alone = site.get().start(Service.PROPAGATOR, Map.of(), "check");
    assertThat(alone.waitFor(PATIENCE)).isEqualTo(69);
    assertThat(alone.lines().getLast()).startsWith("FAIL  login ");

    Child consumer = site.get().consumer();
    site.get().awaitReady(consumer, PATIENCE);
    Child refused =
        site.get()
            .start(Service.PROPAGATOR, Map.of("SERVICE_PASSWORD", "canary-not-this"), "check");

    assertThat(refused.waitFor(PATIENCE)).isEqualTo(77);
    assertThat(refused.lines().getLast()).startsWith("FAIL  login ").doesNotContain("canary");
  }

  @Test
  void version_and_help_are_told_without_any_setting() {
    for (Service service : Service.values()) {
      Child version = site.get().startWithOnly(service, Map.of(), "version");
      assertThat(version.waitFor(PATIENCE)).isZero();
      assertThat(version.lines())
          .singleElement()
          .asString()
          .matches(service.command() + " \\d+\\.\\d+\\.\\d+ \\(Java .+\\)");
      Child help = site.get().startWithOnly(service, Map.of(), "--help");
      assertThat(help.waitFor(PATIENCE)).isZero();
      assertThat(help.output()).contains("run", "check", "status", "version");
    }
  }
}
