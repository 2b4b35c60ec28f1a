package io.messagerelay.consumer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.auth.LogLines;
import io.messagerelay.consumer.query.Cursor;
import io.messagerelay.consumer.query.EventFilter;
import io.messagerelay.consumer.query.EventList;
import io.messagerelay.consumer.query.EventPage;
import io.messagerelay.consumer.query.EventQuery;
import io.messagerelay.consumer.store.PythonEventTable.Standing;
import io.messagerelay.contract.Payload;
import io.messagerelay.servers.TestDatabase;
import io.messagerelay.servers.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken for the Python message-relay's table, and what is read from it. */
final class PythonEventTableTest {
  private static final String ACCENTS = "Ren\u00e9 zahlt 5 \u20ac";
  private static final String EMOJI = "\uD83D\uDE80 e\u0301 \u4f60";

  private static final String ID = "id INT PRIMARY KEY, ";
  private static final String TYPE = "type VARCHAR(255) NOT NULL, ";
  private static final String PAYLOAD = "payload TEXT, ";
  private static final String TIME = "received_time TIMESTAMP NOT NULL";

  private final ManualClock clock = ManualClock.at("2026-01-01T12:00:00Z");
  private final TestDatabase place = TestServer.shared().newDatabase();

  @AfterEach
  void drop() {
    place.close();
  }

  @Test
  void takes_the_table_that_a_server_gives_defaults_to() throws Exception {
    copiesOneRowOf(
        "id int(11) NOT NULL AUTO_INCREMENT, type varchar(255) NOT NULL, payload text,"
            + " received_time timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE"
            + " CURRENT_TIMESTAMP, PRIMARY KEY (id)");
  }

  @Test
  void takes_a_table_that_was_made_larger_and_indexed() throws Exception {
    copiesOneRowOf(
        "received_time TIMESTAMP(6) NOT NULL, id BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,"
            + " payload MEDIUMTEXT, type VARCHAR(100) NOT NULL, KEY (type), KEY (received_time)");
  }

  private void copiesOneRowOf(String columns) throws Exception {
    PythonOriginal original = PythonOriginal.in(place, "CREATE TABLE events (" + columns + ")");
    original.execute(
        "INSERT INTO events (type, payload, received_time) VALUES ('t', 'p', FROM_UNIXTIME(7))");

    try (Database database = TestStores.open(place, clock)) {
      StoredEvent event = database.events().find("python-0000000001").orElseThrow();
      assertThat(event.event().type()).isEqualTo("t");
      assertThat(event.event().payload()).isEqualTo(Payload.ofString("p"));
      assertThat(event.receivedTime()).isEqualTo(Instant.ofEpochSecond(7));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name TEXT",
        ID + TYPE + "payload TEXT",
        ID + "type VARCHAR(256) NOT NULL, " + PAYLOAD + TIME,
        ID + "type VARCHAR(255), " + PAYLOAD + TIME,
        "id INT NOT NULL UNIQUE, name INT PRIMARY KEY, " + TYPE + PAYLOAD + TIME,
        "id CHAR(9) PRIMARY KEY, " + TYPE + PAYLOAD + TIME,
        "id BIGINT UNSIGNED PRIMARY KEY, " + TYPE + PAYLOAD + TIME,
        ID + TYPE + "payload BLOB, " + TIME,
        ID + TYPE + PAYLOAD + "received_time DATETIME NOT NULL",
        ID + TYPE + PAYLOAD + "name INT, " + TIME
      })
  void takes_no_other_table_for_the_originals(String columns) throws Exception {
    PythonOriginal.in(place, "CREATE TABLE events (" + columns + ")");

    assertThat(standing()).isEqualTo(Standing.FOREIGN);
  }

  @Test
  void takes_no_view_for_the_originals_table() throws Exception {
    PythonOriginal.in(place).execute("RENAME TABLE events TO other");
    PythonOriginal.in(place, "CREATE VIEW events AS SELECT * FROM other");

    assertThat(standing()).isEqualTo(Standing.FOREIGN);
  }

  private Standing standing() throws SQLException {
    try (Connection connection = place.connect()) {
      return PythonEventTable.standing(connection);
    }
  }

  @Test
  void leaves_another_programs_table_alone_and_says_so() throws Exception {
    PythonOriginal original = PythonOriginal.in(place, "CREATE TABLE events (name TEXT)");
    original.execute("INSERT INTO events VALUES ('concert')");

    try (LogLines log = new LogLines(PythonEvents.class);
        Database database = TestStores.open(place, clock)) {
      assertThat(log.all())
          .containsExactly(
              "INFO the table events in "
                  + TestStores.options(place)
                  + " is not the Python message-relay's; it is left alone");
      assertThat(all(database)).isEmpty();
    }
  }

  @Test
  void says_nothing_of_a_table_that_is_not_there_or_empty() throws Exception {
    try (LogLines log = new LogLines(PythonEvents.class)) {
      TestStores.open(place, clock).close();
      PythonOriginal.in(place);
      TestStores.open(place, clock).close();

      assertThat(log.all()).isEmpty();
    }
  }

  @Test
  void reads_accents_of_a_latin1_table() throws Exception {
    PythonOriginal original =
        PythonOriginal.in(place, PythonOriginal.DDL.strip() + " DEFAULT CHARACTER SET latin1");
    original.store(1, ACCENTS, ACCENTS, 7);

    assertReads(ACCENTS);
  }

  @Test
  void reads_emoji_of_a_utf8mb4_table() throws Exception {
    PythonOriginal original =
        PythonOriginal.in(place, PythonOriginal.DDL.strip() + " DEFAULT CHARACTER SET utf8mb4");
    original.store(1, EMOJI, EMOJI, 7);

    assertReads(EMOJI);
  }

  private void assertReads(String text) throws Exception {
    try (Database database = TestStores.open(place, clock)) {
      StoredEvent event = all(database).getFirst();
      assertThat(event.event().type()).isEqualTo(text);
      assertThat(event.event().payload()).isEqualTo(Payload.ofString(text));
      assertThat(of(database, text)).containsExactly(event);
    }
  }

  @Test
  void takes_a_missing_payload_for_null_as_the_original_showed_it() throws Exception {
    PythonOriginal original = PythonOriginal.in(place);
    original.store(1, "t", null, 7);
    original.store(2, "t", "", 7);
    original.store(3, "t", "null", 7);

    try (Database database = TestStores.open(place, clock)) {
      assertThat(all(database))
          .extracting(event -> event.event().payload())
          .containsExactly(
              new Payload(Payload.Kind.JSON, "null"),
              Payload.ofString(""),
              Payload.ofString("null"));
    }
  }

  @Test
  void keeps_types_that_would_be_refused_today() throws Exception {
    List<String> types = List.of("", " ", " a", "a\tb\n", "\u0000", "x".repeat(255), "..");
    PythonOriginal original = PythonOriginal.in(place);
    for (int i = 0; i < types.size(); i++) {
      original.store(i + 1, types.get(i), "p", 7);
    }

    try (Database database = TestStores.open(place, clock)) {
      assertThat(all(database)).extracting(event -> event.event().type()).isEqualTo(types);
      for (String type : types.subList(2, types.size())) {
        assertThat(of(database, type))
            .singleElement()
            .matches(event -> event.event().type().equals(type));
      }
    }
  }

  @Test
  void is_followed_page_by_page_also_over_odd_rows() throws Exception {
    PythonOriginal original = PythonOriginal.in(place);
    original.store(1, "", null, 9);
    original.store(3, " \n", "", 7);
    original.store(4, "message", "hello", 8);

    try (Database database = TestStores.open(place, clock)) {
      EventList list = new EventList(database.events(), clock);
      for (boolean ascending : new boolean[] {true, false}) {
        List<Long> positions = new ArrayList<>();
        EventPage page = list.read(oneBehind(null, ascending));
        while (!page.events().isEmpty()) {
          positions.add(page.events().getFirst().position());
          page = list.read(oneBehind(page.next(), ascending));
        }
        assertThat(positions).isEqualTo(ascending ? List.of(1L, 2L, 3L) : List.of(3L, 2L, 1L));
      }
    }
  }

  private static EventQuery oneBehind(@Nullable Cursor cursor, boolean ascending) {
    return new EventQuery(1, ascending, EventFilter.ALL, Instant.EPOCH, null, cursor);
  }

  @Test
  void reads_times_as_instants_whatever_time_zone_wrote_them() throws Exception {
    PythonOriginal.in(place);
    try (Connection connection = place.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET time_zone = '+05:00'");
      statement.execute("INSERT INTO events VALUES (1, 't', 'p', '2024-03-01 05:00:00')");
    }

    try (Database database = TestStores.open(place, clock)) {
      assertThat(all(database).getFirst().receivedTime()).isEqualTo("2024-03-01T00:00:00Z");
    }
  }

  @Test
  void takes_a_time_that_is_none_for_the_beginning() throws Exception {
    PythonOriginal.in(place);
    try (Connection connection = place.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET sql_mode = ''");
      statement.execute("INSERT INTO events VALUES (1, 't', 'p', '0000-00-00 00:00:00')");
    }

    try (Database database = TestStores.open(place, clock)) {
      assertThat(all(database).getFirst().receivedTime()).isEqualTo(Instant.EPOCH);
    }
  }

  private static List<StoredEvent> all(Database database) throws StoreException {
    return database.events().page(new Page(1, Long.MAX_VALUE, true, List.of(), 1_000));
  }

  private static List<StoredEvent> of(Database database, String type) throws StoreException {
    return database.events().page(new Page(1, Long.MAX_VALUE, true, List.of(type), 1_000));
  }
}
