package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The documented metrics are those that both services give. */
final class MetricsDocIT {
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (message_relay_\\w+) (\\w+)$");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(message_relay_\\w+)` \\| (\\w+) ");

  /** What stands before it is about event-consumer. */
  private static final String OF_THE_PROPAGATOR = "### Metrics of event-propagator";

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @RegisterExtension final Site site = new Site();

  private static String documented(boolean ofThePropagator) throws IOException {
    String[] parts =
        Files.readString(Checkout.find().file("docs/operations.md")).split(OF_THE_PROPAGATOR, 2);
    return parts[ofThePropagator ? 1 : 0];
  }

  @Test
  void docs_operations_names_every_metric_of_event_consumer_and_its_type() throws IOException {
    Installation both = site.get();
    both.awaitReady(both.consumer(), PATIENCE);
    try (var api = new ConsumerApi(both.consumerUrl())) {
      String token = api.token(Installation.ACCOUNT, Installation.PASSWORD);
      api.postReporting(
          token,
          "{\"event_type\": \"a\", \"event_payload\": \"b\"}",
          "1;age=2.5;dead=0;name=\"host/main\"");
      Set<String> documented = found(ROW, documented(false));

      await().untilAsserted(() -> assertThat(found(TYPE, api.metrics())).isEqualTo(documented));
    }
  }

  @Test
  void docs_operations_names_every_metric_of_event_propagator_and_its_type() throws IOException {
    site.get().writeData(SampleData.keyed(10).json());
    try (var management = new Management(Installation.freePort())) {
      site.get().start(Service.PROPAGATOR, management.settings(), "run");
      Waiting.until("metrics are told", PATIENCE, () -> management.metrics().isPresent());

      assertThat(found(ROW, documented(true)))
          .isEqualTo(found(TYPE, management.metrics().orElseThrow()));
    }
  }

  private static Set<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult row) -> row.group(1) + " " + row.group(2))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
