package io.messagerelay.benchmarks.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.benchmarks.store.History;
import io.messagerelay.benchmarks.store.StoreKind;
import io.messagerelay.benchmarks.store.StorePlace;
import io.messagerelay.benchmarks.store.Stores;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ContentsTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-25T09:30:00Z"), ZoneOffset.UTC);

  @TempDir Path folder;

  @Test
  void two_stores_with_the_same_rows_have_the_same_contents() throws Exception {
    Stores stores = new Stores(folder);
    try (StorePlace one = stores.make(StoreKind.SQLITE);
        StorePlace other = stores.make(StoreKind.SQLITE)) {
      History.of(12_000, CLOCK).writeTo(List.of(one, other));

      assertThat(Contents.of(one)).isEqualTo(Contents.of(other));
      assertThat(Contents.of(one).rows()).isEqualTo(12_000);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET received_time = received_time + 1",
        "SET event_id = event_id || 'x'",
        "SET event_key = NULL",
        "SET id = id + 100000",
        "SET payload = payload || ' '",
        "SET traceparent = ''"
      })
  void one_value_that_differs_makes_them_others(String change) throws Exception {
    try (StorePlace place = new Stores(folder).make(StoreKind.SQLITE)) {
      History.of(1_000, CLOCK).writeTo(List.of(place));
      Contents before = Contents.of(place);
      try (Connection connection = place.connect();
          Statement statement = connection.createStatement()) {
        statement.execute("UPDATE event " + change + " WHERE id = 1000");
      }

      assertThat(Contents.of(place).digest()).isNotEqualTo(before.digest());
    }
  }
}
