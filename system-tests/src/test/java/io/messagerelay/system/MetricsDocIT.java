package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

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

/** The documented metrics are those that the consumer gives. */
final class MetricsDocIT {
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (message_relay_\\w+) (\\w+)$");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(message_relay_\\w+)` \\| (\\w+) ");

  @RegisterExtension final Site site = new Site();

  @Test
  void docs_operations_names_every_metric_of_ours_and_its_type() throws IOException {
    Installation both = site.get();
    both.awaitReady(both.consumer(), Duration.ofMinutes(1));
    try (var api = new ConsumerApi(both.consumerUrl())) {
      String token = api.token(Installation.ACCOUNT, Installation.PASSWORD);
      api.post(token, "{\"event_type\": \"a\", \"event_payload\": \"b\"}");

      assertThat(found(ROW, Files.readString(Checkout.find().file("docs/operations.md"))))
          .isEqualTo(found(TYPE, api.metrics()));
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
