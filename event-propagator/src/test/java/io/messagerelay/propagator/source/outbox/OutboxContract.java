package io.messagerelay.propagator.source.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.messagerelay.contract.ItemId;
import io.messagerelay.propagator.source.Polled;
import io.messagerelay.propagator.source.SourceException;
import io.messagerelay.propagator.source.SourceItem;
import io.messagerelay.propagator.source.SourceItem.Broken;
import io.messagerelay.propagator.source.SourceItem.Whole;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every database's outbox does. */
abstract class OutboxContract {
  static final String EVENT = "INSERT INTO outbox (event_type, event_payload) VALUES ('t', '%s')";

  private final List<OutboxSource> opened = new ArrayList<>();

  final OutboxPlace place = place();

  @SuppressWarnings("NullAway.Init") // before each
  OutboxTable table;

  /** A new one. */
  abstract OutboxPlace place();

  @BeforeEach
  void makeTable() {
    table = place.make(Done.DELETE);
  }

  @AfterEach
  void close() {
    opened.forEach(OutboxSource::close);
    place.close();
  }

  final OutboxSource source(String holder) {
    return source(holder, table);
  }

  final OutboxSource source(String holder, OutboxTable outbox) {
    var source = new OutboxSource(place.server(), outbox, holder, System::nanoTime);
    opened.add(source);
    return source;
  }

  final void insert(String payload) {
    place.execute(EVENT.formatted(payload));
  }

  static List<String> bodies(Polled polled) {
    return polled.items().stream().map(item -> new String(item.body(), UTF_8)).toList();
  }

  static List<String> places(Polled polled) {
    return polled.items().stream().map(SourceItem::place).toList();
  }

  static String event(String payload) {
    return "{\"event_type\":\"t\",\"event_payload\":\"" + payload + "\"}";
  }

  final List<String> rows() {
    return place.query("SELECT id FROM outbox ORDER BY id");
  }

  @Test
  void rows_are_events_in_their_keys_order_and_stay_until_the_next_poll() throws Exception {
    insert("a");
    insert("b");
    var source = source("one");

    Polled first = source.poll(null, 500);
    assertThat(bodies(first)).containsExactly(event("a"), event("b"));
    assertThat(places(first)).containsExactly("outbox/1", "outbox/2");
    assertThat(rows()).hasSize(2);

    insert("c");
    Polled second = source.poll(first.progress(), 500);
    assertThat(bodies(second)).containsExactly(event("c"));
    assertThat(rows()).containsExactly("3");

    Polled third = source.poll(second.progress(), 500);
    assertThat(third.items()).isEmpty();
    assertThat(rows()).isEmpty();
    assertThat(source.poll(third.progress(), 500).progress()).as("nothing new to save").isNull();
  }

  @Test
  void a_poll_that_was_not_taken_is_repeated_and_one_that_was_is_not() throws Exception {
    insert("a");
    insert("b");
    Polled lost = source("one").poll(null, 1);
    opened.removeFirst().close();

    var restarted = source("two");
    Polled again = restarted.poll(null, 1);
    assertThat(again.items()).usingRecursiveComparison().isEqualTo(lost.items());
    opened.removeFirst().close();

    assertThat(bodies(source("three").poll(again.progress(), 500))).containsExactly(event("b"));
  }

  @Test
  void rows_are_removed_while_others_hold_rows_that_are_not_committed_yet() throws Exception {
    for (int i = 0; i < 70; i++) {
      insert("a" + i);
    }
    var source = source("one");
    Polled first = source.poll(null, 70);
    try (Connection client = place.connect();
        Statement statement = client.createStatement()) {
      client.setAutoCommit(false);
      statement.execute(EVENT.formatted("open"));

      assertThat(source.poll(first.progress(), 500).items()).isEmpty();

      assertThat(rows()).isEmpty();
      client.rollback();
    }
  }

  @Test
  void a_row_of_its_own_id_keeps_it_and_another_has_always_the_same() throws Exception {
    place.execute("INSERT INTO outbox (event_id, event_type, event_payload) VALUES ('x', 't', '')");
    insert("a");

    Polled polled = source("one").poll(null, 500);

    assertThat(bodies(polled).getFirst())
        .isEqualTo("{\"event_id\":\"x\",\"event_type\":\"t\",\"event_payload\":\"\"}");
    assertThat(((Whole) polled.items().getLast()).id())
        .isInstanceOfSatisfying(
            ItemId.OwnOr.class, id -> assertThat(id.id()).matches("[0-9a-f]{16}-0{19}2"));
  }

  @Test
  void key_trace_and_every_character_arrive_as_they_were_written() throws Exception {
    String payload = "\ud83d\ude80 \u00e4 \" \\ \n \u2028";
    try (Connection connection = place.connect();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO outbox (event_type, event_payload, event_key, traceparent)"
                    + " VALUES (?, ?, ?, ?)")) {
      insert.setString(1, "\ud83d\ude80");
      insert.setString(2, payload);
      insert.setString(3, "k\u00fc");
      insert.setString(4, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
      insert.executeUpdate();
    }

    assertThat(bodies(source("one").poll(null, 500)))
        .containsExactly(
            "{\"event_type\":\"\ud83d\ude80\",\"event_key\":\"k\u00fc\","
                + "\"traceparent\":\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\","
                + "\"event_payload\":\"\ud83d\ude80 \u00e4 \\\" \\\\ \\n \u2028\"}");
  }

  @Test
  void a_row_that_is_committed_late_is_not_missed() throws Exception {
    var source = source("one");
    String progress = null;
    try (Connection late = place.connect();
        Statement statement = late.createStatement()) {
      late.setAutoCommit(false);
      statement.execute(EVENT.formatted("late"));
      for (int i = 0; i < 10; i++) {
        insert("early");
        progress = taken(source.poll(progress, 500), progress);
      }
      late.commit();
    }

    assertThat(untilSomething(source, progress)).containsExactly(event("late"));
  }

  private static @Nullable String taken(Polled polled, @Nullable String before) {
    return polled.progress() == null ? before : polled.progress();
  }

  /** Polls without a pause: a look over all rows comes within a second. */
  private static List<String> untilSomething(OutboxSource source, @Nullable String progress)
      throws SourceException {
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < Duration.ofSeconds(5).toNanos()) {
      Polled polled = source.poll(progress, 500);
      if (!polled.items().isEmpty()) {
        return bodies(polled);
      }
      progress = taken(polled, progress);
    }
    return List.of();
  }

  @Test
  void the_pause_is_none_when_there_is_more_and_grows_to_a_second_when_there_is_nothing()
      throws Exception {
    insert("a");
    insert("b");
    var source = source("one");

    Polled full = source.poll(null, 1);
    assertThat(full.pause()).isZero();
    Polled last = source.poll(full.progress(), 500);
    assertThat(last.pause()).isEqualTo(Duration.ofMillis(10));
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      pauses.add(source.poll(last.progress(), 500).pause().toMillis());
    }
    assertThat(pauses).containsExactly(20L, 40L, 80L, 160L, 320L, 640L, 1000L, 1000L);
  }

  @Test
  void a_bad_row_is_a_dead_letter_and_goes_as_the_others_do() throws Exception {
    place.execute("DROP TABLE outbox");
    place.execute(
        "CREATE TABLE outbox (id INT PRIMARY KEY, event_type VARCHAR(9), event_payload TEXT)");
    place.execute("INSERT INTO outbox VALUES (1, NULL, 'p')");
    place.execute("INSERT INTO outbox VALUES (2, 't', NULL)");
    place.execute("INSERT INTO outbox VALUES (3, 't', 'good')");
    var source = source("one");

    Polled polled = source.poll(null, 500);

    assertThat(polled.items().get(0))
        .isInstanceOfSatisfying(
            Broken.class,
            item -> {
              assertThat(item.reason()).isEqualTo("event_type is NULL");
              assertThat(item.place()).isEqualTo("outbox/1");
              assertThat(new String(item.body(), UTF_8)).isEqualTo("{\"event_payload\":\"p\"}");
            });
    assertThat(polled.items().get(1))
        .isInstanceOfSatisfying(
            Broken.class, item -> assertThat(item.reason()).isEqualTo("event_payload is NULL"));
    assertThat(polled.items().get(2)).isInstanceOf(Whole.class);
    source.poll(polled.progress(), 500);
    assertThat(rows()).isEmpty();
  }

  @Test
  void too_large_a_payload_is_a_dead_letter_with_its_beginning() throws Exception {
    insert("x".repeat(256 * 1024 + 1));
    insert("\ud83d\ude80".repeat(65_000));
    insert("y".repeat(256 * 1024));
    insert("small");

    Polled polled = source("one").poll(null, 500);

    assertThat(polled.items())
        .extracting(Object::getClass)
        .containsExactly(Broken.class, Whole.class, Broken.class, Whole.class);
    Broken first = (Broken) polled.items().getFirst();
    assertThat(first.reason()).startsWith("event_payload is 262145 bytes long; at most 262144");
    assertThat(new String(first.body(), UTF_8)).isEqualTo(event("x".repeat(32 * 1024)));
    assertThat(((Broken) polled.items().get(2)).reason()).startsWith("the event is 262");
  }

  @Test
  void large_payloads_come_by_4_mib_at_most() throws Exception {
    String payload = "x".repeat(200 * 1024);
    for (int i = 0; i < 25; i++) {
      insert(payload);
    }
    var source = source("one");
    List<Integer> counts = new ArrayList<>();
    @Nullable String progress = null;
    for (int i = 0; i < 2; i++) {
      Polled polled = source.poll(progress, 500);
      assertThat(polled.items().stream().mapToInt(item -> item.body().length).sum())
          .isLessThanOrEqualTo(4 * 1024 * 1024);
      counts.add(polled.items().size());
      progress = polled.progress();
    }
    assertThat(counts).containsExactly(20, 5);
  }

  @Test
  void json_columns_are_sent_as_their_text() throws Exception {
    place.execute("DROP TABLE outbox");
    place.execute(
        "CREATE TABLE outbox (id INT PRIMARY KEY, event_type VARCHAR(9), event_payload %s)"
            .formatted(place.jsonType()));
    place.execute("INSERT INTO outbox VALUES (1, 't', '{\"a\": [1, \"\u00e4\"]}')");

    assertThat(bodies(source("one").poll(null, 500)))
        .containsExactly(
            "{\"event_type\":\"t\",\"event_payload\":\"{\\\"a\\\": [1, \\\"\u00e4\\\"]}\"}");
  }

  private static final OutboxTable OF_JSON =
      new OutboxTable(Optional.empty(), "outbox", Map.of(), Done.DELETE, PayloadForm.JSON);

  @Test
  void json_columns_are_sent_as_the_value_they_hold_where_they_are_to_be() throws Exception {
    place.execute("DROP TABLE outbox");
    place.execute(
        "CREATE TABLE outbox (id INT PRIMARY KEY, event_type VARCHAR(9), event_payload %s)"
            .formatted(place.jsonType()));
    place.execute("INSERT INTO outbox VALUES (1, 't', '{\"a\": [1, \"ä\"]}'), (2, 't', 'null')");

    assertThat(bodies(source("one", OF_JSON).poll(null, 500)))
        .containsExactly(
            "{\"event_type\":\"t\",\"event_payload\":{\"a\": [1, \"ä\"]}}",
            "{\"event_type\":\"t\",\"event_payload\":null}");
  }

  @Test
  void text_that_is_to_be_json_and_is_not_is_a_dead_letter() throws Exception {
    insert("[1]");
    insert("1,\"event_id\":\"forged\"");
    insert("{");

    Polled polled = source("one", OF_JSON).poll(null, 500);

    assertThat(bodies(polled).getFirst()).endsWith("\"event_payload\":[1]}");
    assertThat(polled.items().subList(1, 3))
        .allSatisfy(
            item ->
                assertThat(item)
                    .isInstanceOfSatisfying(
                        Broken.class,
                        broken -> assertThat(broken.reason()).startsWith("event_payload must ")));
  }

  @Test
  void names_are_as_they_are_mapped_and_keys_may_be_text() throws Exception {
    place.execute("DROP TABLE outbox");
    place.execute(
        "CREATE TABLE messages (k VARCHAR(40) PRIMARY KEY, event_type VARCHAR(9), payload TEXT,"
            + " agg VARCHAR(9))");
    place.execute(
        "INSERT INTO messages VALUES ('b''2', 't', 'second', 'x'), ('a 1', 't', '1', NULL)");
    var messages =
        new OutboxTable(
            Optional.empty(),
            "messages",
            Map.of(Column.ID, "k", Column.EVENT_PAYLOAD, "payload", Column.EVENT_KEY, "agg"),
            Done.DELETE,
            PayloadForm.TEXT);
    var source = source("one", messages);

    Polled polled = source.poll(null, 500);

    assertThat(places(polled)).containsExactly("messages/a 1", "messages/b'2");
    assertThat(bodies(polled).getLast())
        .isEqualTo("{\"event_type\":\"t\",\"event_key\":\"x\",\"event_payload\":\"second\"}");
    assertThat(source.poll(polled.progress(), 500).items()).isEmpty();
    assertThat(place.query("SELECT k FROM messages")).isEmpty();
  }

  @Test
  void numbers_are_ordered_as_numbers_also_where_the_key_is_the_id() throws Exception {
    place.execute("DROP TABLE outbox");
    place.execute(
        "CREATE TABLE outbox (event_id BIGINT PRIMARY KEY, event_type VARCHAR(9), event_payload TEXT)");
    place.execute(
        "INSERT INTO outbox VALUES (10, 't', 'b'), (9, 't', 'a'), (9223372036854775807, 't', 'c')");
    var source =
        source(
            "one",
            new OutboxTable(
                Optional.empty(),
                "outbox",
                Map.of(Column.ID, "event_id"),
                Done.DELETE,
                PayloadForm.TEXT));

    Polled polled = source.poll(null, 2);
    assertThat(places(polled)).containsExactly("outbox/9", "outbox/10");
    Polled next = source.poll(polled.progress(), 2);
    assertThat(places(next)).containsExactly("outbox/9223372036854775807");
    source.poll(next.progress(), 2);
    assertThat(place.query("SELECT event_id FROM outbox")).isEmpty();
  }

  @Test
  void progress_of_another_form_is_not_guessed_at() {
    assertThatThrownBy(() -> source("one").poll("[2]", 500))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("a form that this version does not know");
  }
}
