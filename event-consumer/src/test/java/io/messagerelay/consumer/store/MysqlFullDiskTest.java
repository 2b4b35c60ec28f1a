package io.messagerelay.consumer.store;

import static io.messagerelay.consumer.store.TestEvents.event;
import static io.messagerelay.consumer.store.TestEvents.events;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.intake.IntakeResult.Reason;
import io.messagerelay.contract.Event;
import io.messagerelay.servers.TestDatabase;
import io.messagerelay.servers.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A server that has no room: all tables are in one file that cannot grow, so that InnoDB says what
 * it says on a full disk (1114, the table is full).
 */
final class MysqlFullDiskTest {
  private static final int FULL = 1114;

  @Test
  void events_without_room_are_put_off_until_there_is_room() throws Exception {
    try (TestServer server =
            TestServer.own("--innodb-file-per-table=0", "--innodb-data-file-path=ibdata1:12M");
        TestDatabase place = server.newDatabase();
        FaultedStore store = FaultedStore.open(place)) {
      store.stored(events("before", 0, 3));
      List<Event> request =
          IntStream.range(0, 100).mapToObj(i -> event("a-" + i, "t", "x".repeat(2_000))).toList();
      try (Connection connection = place.connect();
          Statement statement = connection.createStatement()) {
        fill(statement);

        assertThat(store.putOff(request)).isEqualTo(Reason.STORE_UNAVAILABLE);
        assertThat(store.events().find("before-1")).isPresent();
        statement.execute("DROP TABLE ballast");
      }
      store.untilStored(request);
      store.assertWell();
    }
  }

  /** Many rows at once first, and then each that still fits. */
  private static void fill(Statement statement) throws SQLException {
    statement.execute("CREATE TABLE ballast (weight VARCHAR(7000)) ENGINE = InnoDB");
    for (int rows : new int[] {100, 1}) {
      boolean fits = true;
      while (fits) {
        fits = insert(statement, rows);
      }
    }
  }

  private static boolean insert(Statement statement, int rows) throws SQLException {
    try {
      statement.execute("INSERT INTO ballast SELECT REPEAT('x', 7000) FROM seq_1_to_" + rows);
      return true;
    } catch (SQLException e) {
      assertThat(e.getErrorCode()).as(e.getMessage()).isEqualTo(FULL);
      return false;
    }
  }
}
