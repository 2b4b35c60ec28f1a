package io.messagerelay.consumer.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What retention looks for it finds by index alone. */
final class RetentionTableTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {RetentionTable.OLDEST, RetentionTable.OLDEST_OF_TYPE, RetentionTable.TYPE_AFTER})
  void each_look_is_one_step_through_an_index(String sql) throws Exception {
    try (Database database = SqliteStore.open(folder.resolve("store.db"), Clock.systemUTC());
        Connection connection = database.connections().reading();
        PreparedStatement explain = connection.prepareStatement("EXPLAIN QUERY PLAN " + sql);
        ResultSet step = explain.executeQuery()) {
      assertThat(step.next()).isTrue();
      assertThat(step.getString("detail"))
          .matches("SEARCH event USING (INTEGER PRIMARY KEY|COVERING INDEX event_by_type) \\(.*");
      assertThat(step.next()).isFalse();
    }
  }
}
