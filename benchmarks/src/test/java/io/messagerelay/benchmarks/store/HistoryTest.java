package io.messagerelay.benchmarks.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.benchmarks.load.ShopEvents;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryTest {
  private static final Instant NOW = Instant.parse("2026-11-25T09:30:00Z");
  private static final long ROWS = 100_000;

  @TempDir Path folder;

  private static long one(StorePlace place, String sql) throws Exception {
    try (Connection connection = place.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  @Test
  void it_is_a_week_and_ten_minutes_of_events_with_their_counts() throws Exception {
    History history = History.of(ROWS, Clock.fixed(NOW, ZoneOffset.UTC));
    try (StorePlace place = new Stores(folder).make(StoreKind.SQLITE)) {
      history.writeTo(List.of(place));

      assertThat(place.rows()).isEqualTo(ROWS);
      assertThat(one(place, "SELECT SUM(arrived) FROM event_count")).isEqualTo(ROWS);
      assertThat(one(place, "SELECT COUNT(DISTINCT hour) FROM event_count")).isBetween(99L, 100L);
      assertThat(one(place, "SELECT MIN(received_time) FROM event"))
          .isEqualTo(micros(history.receivedAt(1)));
      assertThat(
              one(
                  place,
                  "SELECT COUNT(*) FROM event WHERE received_time >= "
                      + micros(NOW)
                      + " - 600000000"))
          .isEqualTo(ROWS / 50);
      assertThat(one(place, "SELECT MAX(received_time) FROM event")).isLessThan(micros(NOW));
      assertThat(one(place, "SELECT id FROM event WHERE event_key = '" + ShopEvents.RARE_KEY + "'"))
          .isEqualTo(ShopEvents.RARE);
      Instant middle = history.receivedAt(ROWS / 2);
      assertThat(one(place, "SELECT MIN(id) FROM event WHERE received_time >= " + micros(middle)))
          .isBetween(ROWS / 2 - 1_000, ROWS / 2 + 1_000);
    }
  }
}
