package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the dashboard asks of Java is what a service gives; ours are documented, and compared. */
final class DashboardIT {
  @RegisterExtension final Site site = new Site();

  @Test
  void event_consumer_gives_what_the_dashboard_shows_of_its_jvm() {
    Installation both = site.get();
    both.awaitReady(both.consumer(), Duration.ofMinutes(1));
    Set<String> shown =
        DeployFiles.queries().stream()
            .flatMap(query -> query.series().stream())
            .filter(series -> !series.startsWith("message_relay_") && !series.equals("up"))
            .collect(Collectors.toCollection(TreeSet::new));
    try (var api = new ConsumerApi(both.consumerUrl())) {
      Set<String> given =
          api.metrics()
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> line.replaceFirst("[ {].*", ""))
              .collect(Collectors.toSet());

      assertThat(shown).contains("jvm_memory_used_bytes");
      assertThat(given).containsAll(shown);
    }
  }
}
