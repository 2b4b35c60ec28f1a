package io.messagerelay.consumer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.store.EventStore.Appended.Stored;
import io.messagerelay.contract.Event;
import io.messagerelay.contract.Payload;
import io.messagerelay.servers.TestDatabase;
import io.messagerelay.servers.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With a server in which a backslash in a string is a backslash, and {@code "} quotes names. */
final class MysqlModeTest {
  private static final String HARD =
      "\u0000 ' '' \" \\ \\' \\\\ \\0 \\n \n\r\t\u001a % _ ` -- /* \uD83D\uDE80 e\u0301 ' OR '1'='1";

  @Test
  void keeps_hard_text_exactly_whatever_the_servers_mode_is() throws Exception {
    try (TestServer server = TestServer.own("--sql-mode=NO_BACKSLASH_ESCAPES,ANSI_QUOTES");
        TestDatabase place = server.newDatabase();
        Database database = TestStores.open(place, Clock.systemUTC())) {
      assertThat(globalMode(place)).contains("NO_BACKSLASH_ESCAPES", "ANSI_QUOTES");
      Event event = new Event("a'\"\\", HARD, new Payload(Payload.Kind.JSON, HARD), HARD, null);

      assertThat(database.events().append(List.of(event))).containsExactly(new Stored(1));
      assertThat(database.events().find(event.id()).orElseThrow().event()).isEqualTo(event);
      assertThat(database.events().page(new Page(1, 2, true, List.of(HARD), 10))).hasSize(1);
    }
  }

  private static String globalMode(TestDatabase place) throws Exception {
    try (Connection connection = place.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT @@GLOBAL.sql_mode")) {
      row.next();
      return row.getString(1);
    }
  }
}
