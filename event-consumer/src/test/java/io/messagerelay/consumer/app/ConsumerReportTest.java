package io.messagerelay.consumer.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.app.ConsumerReport.Store;
import io.messagerelay.consumer.store.StoreStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ConsumerReportTest {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final Address ADDRESS = new Address("127.0.0.1", 8000);

  private static ConsumerReport report(ServiceState service, Store store) {
    return new ConsumerReport(ADDRESS, service, "var/store.db", store, NOW);
  }

  private static Store known(long events, Optional<Instant> last) {
    return new Store.Known(new StoreStatus(events, last, OptionalLong.of(4_300_000)));
  }

  @Test
  void a_service_that_is_ready_and_its_store() {
    ConsumerReport report =
        report(new ServiceState.Ready(), known(12_345, Optional.of(NOW.minusSeconds(300))));

    assertThat(report.text().lines())
        .containsExactly(
            "service  ready at http://127.0.0.1:8000",
            "store    var/store.db: 12,345 events, the last received 5 min ago; 4.1 MiB");
    assertThat(report.figures().lines().lines())
        .containsExactly(
            "service=ready",
            "url=http://127.0.0.1:8000",
            "store=var/store.db",
            "events=12345",
            "last_received=2026-03-01T07:55:00Z",
            "store_bytes=4300000");
  }

  @Test
  void what_is_not_known_is_not_told() {
    ConsumerReport report =
        report(
            new ServiceState.NotReady("The store cannot commit: it is locked"),
            new Store.Known(new StoreStatus(0, Optional.empty(), OptionalLong.empty())));

    assertThat(report.text().lines())
        .containsExactly(
            "service  not ready at http://127.0.0.1:8000: The store cannot commit: it is locked",
            "store    var/store.db: 0 events");
    assertThat(report.figures().json())
        .isEqualTo(
            "{\"service\":\"not_ready\",\"reason\":\"The store cannot commit: it is locked\","
                + "\"url\":\"http://127.0.0.1:8000\",\"store\":\"var/store.db\",\"events\":0}");
  }

  @Test
  void a_store_that_cannot_be_read_says_why_in_place_of_figures() {
    ConsumerReport report =
        report(new ServiceState.NotRunning(), new Store.Unknown("STORE_FILE x: is locked"));

    assertThat(report.text().lines())
        .containsExactly(
            "service  not running: nothing listens at http://127.0.0.1:8000",
            "store    STORE_FILE x: is locked");
    assertThat(report.figures().lines().lines())
        .containsExactly(
            "service=not_running",
            "url=http://127.0.0.1:8000",
            "store=var/store.db",
            "store_problem=STORE_FILE x: is locked");
  }

  /** Two machines' clocks need not agree. */
  @Test
  void what_was_received_in_the_future_was_received_now() {
    assertThat(report(new ServiceState.Ready(), known(1, Optional.of(NOW.plusSeconds(9)))).text())
        .contains("the last received 0 s ago");
  }
}
