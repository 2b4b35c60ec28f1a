package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What no log may hold: payloads, passwords, keys and tokens. Each of them carries a canary. */
final class SilenceIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String DATA =
      """
      [{"event_type": "good", "event_payload": "canary-payload"},
       {"event_type": 7, "event_payload": "canary-payload"},
       {"event_type": "canary\\u0000type", "event_payload": "canary-payload"},
       {"event_type": "extra", "event_payload": "canary-payload", "more": "canary"},
       {"event_type": "object", "event_payload": {"canary": "canary"}},
       "canary-payload"]
      """;

  @RegisterExtension final Site site = new Site();

  @Test
  void no_log_holds_a_payload_or_a_secret_whatever_goes_wrong() throws IOException {
    Installation both = site.get();
    both.writeData(DATA);
    Map<String, String> loud = Map.of("LOG_LEVEL", "debug");
    Child consumer = both.start(Service.CONSUMER, loud, "run");
    both.awaitReady(consumer, PATIENCE);
    try (var api = new ConsumerApi(both.consumerUrl())) {
      String token = api.token(Installation.ACCOUNT, Installation.PASSWORD);
      assertThat(api.post(token, "{\"canary").statusCode()).isEqualTo(400);
      assertThat(api.post("canary-token", "{}").statusCode()).isEqualTo(401);
      Child wrong =
          both.start(Service.PROPAGATOR, Map.of("SERVICE_PASSWORD", "canary-wrong"), "check");
      assertThat(wrong.waitFor(PATIENCE)).isEqualTo(77);

      Child propagator = both.start(Service.PROPAGATOR, loud, "run", "--limit", "100");
      assertThat(propagator.waitFor(PATIENCE)).isZero();

      assertThat(BooksLine.in(propagator.lines()).orElseThrow().dead()).isGreaterThan(20);
      assertThat(both.children())
          .extracting(Child::output)
          .noneMatch(log -> log.contains("canary"));
      assertThat(both.children()).extracting(Child::output).noneMatch(log -> log.contains(token));
    }
  }
}
