package io.messagerelay.consumer.store;

import static io.messagerelay.consumer.store.TestEvents.event;
import static io.messagerelay.consumer.store.TestEvents.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.messagerelay.contract.Event;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The counts are right at every commit, in every database. */
@ParameterizedClass
@EnumSource(Backend.class)
final class EventCountsTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Instant ONE = Instant.parse("2026-01-01T13:00:00Z");
  private static final Instant NEVER = Instant.parse("2100-01-01T00:00:00Z");

  private final Backend backend;
  private final ManualClock clock = ManualClock.at("2026-01-01T12:59:59.999999Z");
  @TempDir Path folder;
  private Backend.Place place;
  private Database database;

  EventCountsTest(Backend backend) {
    this.backend = backend;
  }

  @BeforeEach
  void open() throws Exception {
    place = backend.place(folder);
    database = place.open(clock);
  }

  @AfterEach
  void close() {
    database.close();
    place.close();
  }

  private List<HourCount> all() throws StoreException {
    return database.counts().between(Instant.EPOCH, NEVER, List.of(), 10_000);
  }

  @Test
  void counts_by_hour_and_type() throws Exception {
    database.events().append(List.of(event("a", "t"), event("b", "s"), event("c", "t")));
    clock.advance(Duration.ofNanos(1_000));
    database.events().append(List.of(event("d", "t")));

    assertThat(all())
        .containsExactly(
            new HourCount(NOON, "s", 1, 0),
            new HourCount(NOON, "t", 2, 0),
            new HourCount(ONE, "t", 1, 0));
  }

  @Test
  void finds_hours_and_types_that_are_asked_for() throws Exception {
    for (int hour = 0; hour < 4; hour++) {
      database.events().append(List.of(event("a" + hour, "t"), event("b" + hour, "s")));
      clock.advance(Duration.ofHours(1));
    }

    assertThat(database.counts().between(ONE, ONE.plusSeconds(7_200), List.of("t", "x"), 9))
        .containsExactly(
            new HourCount(ONE, "t", 1, 0), new HourCount(ONE.plusSeconds(3_600), "t", 1, 0));
    assertThat(database.counts().between(NOON, NEVER, List.of(), 3)).hasSize(3);
    assertThat(database.counts().between(NEVER, NOON, List.of(), 3)).isEmpty();
  }

  @Test
  void repeats_and_conflicts_count_once() throws Exception {
    database.events().append(events("a", 0, 3));
    database.events().append(events("a", 1, 5));
    database.events().append(List.of(event("a-0", "order.created", "other"), event("a-9")));
    database.events().append(List.of(event("b"), event("b"), event("b", "t", "other")));

    assertThat(all()).containsExactly(new HourCount(NOON, "order.created", 7, 0));
  }

  @Test
  void a_group_that_is_refused_or_undone_is_not_counted() throws Exception {
    FaultyConnections faulty = new FaultyConnections(database.connections());
    EventStore consumer = over(faulty);
    consumer.append(List.of(event("a", "t")));
    faulty.failNextCommit();
    assertThatThrownBy(() -> consumer.append(List.of(event("b", "new"))))
        .isInstanceOf(StoreException.class);

    consumer.append(List.of(event("c", "t"), event("d", "newer")));

    assertThat(all())
        .containsExactly(new HourCount(NOON, "newer", 1, 0), new HourCount(NOON, "t", 2, 0));
  }

  @Test
  void a_lost_answer_to_the_commit_does_not_count_twice() throws Exception {
    FaultyConnections faulty = new FaultyConnections(database.connections());
    EventStore consumer = over(faulty);
    faulty.loseAnswerOfNextCommit();
    consumer.append(events("a", 0, 3));
    consumer.append(events("a", 0, 3));

    assertThat(all()).containsExactly(new HourCount(NOON, "order.created", 3, 0));
  }

  private EventStore over(Connections connections) {
    return new JdbcEventStore(connections, backend.dialect(), clock, database.events().storeId());
  }

  @Test
  void several_consumers_keep_one_count() throws Exception {
    try (Database other = place.open(clock)) {
      for (int i = 0; i < 5; i++) {
        database.events().append(List.of(event("a" + i, "t" + i)));
        other.events().append(List.of(event("b" + i, "t" + i), event("a" + i, "t" + i)));
      }
    }

    assertThat(all())
        .isEqualTo(
            IntStream.range(0, 5).mapToObj(i -> new HourCount(NOON, "t" + i, 2, 0)).toList());
  }

  @Test
  void types_beyond_the_first_hundred_of_an_hour_share_a_row() throws Exception {
    try (Database other = place.open(clock)) {
      for (int i = 0; i < 130; i++) {
        EventStore store = i % 2 == 0 ? database.events() : other.events();
        store.append(List.of(event("a" + i, "t" + i), event("b" + i, "t" + i / 2)));
      }
    }
    assertThat(all()).hasSize(CountTable.MOST_TYPES + 1);
    assertThat(all().getFirst().type()).isNull();
    assertThat(all().getFirst().stored()).isEqualTo(30);
    assertThat(all().stream().mapToLong(HourCount::stored).sum()).isEqualTo(260);
    assertThat(database.counts().between(NOON, ONE, List.of("t129"), 9))
        .containsExactly(all().getFirst());

    clock.advance(Duration.ofHours(1));
    database.events().append(List.of(event("later", "t129")));
    assertThat(all()).contains(new HourCount(ONE, "t129", 1, 0));
  }

  @Test
  void one_group_of_very_many_types_stays_within_the_bound() throws Exception {
    database
        .events()
        .append(IntStream.range(0, 500).mapToObj(i -> event("a" + i, "t" + i)).toList());

    assertThat(all()).hasSize(CountTable.MOST_TYPES + 1);
    assertThat(all().getFirst()).isEqualTo(new HourCount(NOON, null, 400, 0));
  }

  @Test
  void a_store_that_was_there_before_is_counted_by_the_migration() throws Exception {
    Random random = new Random(5);
    for (int group = 0; group < 12; group++) {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        int type = random.nextInt(group == 3 ? 400 : 6);
        events.add(event(group + "-" + i, "t" + type));
      }
      database.events().append(events);
      clock.advance(Duration.ofMinutes(25));
    }
    Map<String, Long> before = totals();
    forgetCounts();

    database.close();
    database = place.open(clock);

    assertThat(totals()).as("seed 5").isEqualTo(before);
    assertThat(all().stream().mapToLong(HourCount::stored).sum()).isEqualTo(480);
  }

  /** By hour; and by type, for hours whose types all have their row. */
  private Map<String, Long> totals() throws StoreException {
    Map<String, Long> totals = new TreeMap<>();
    List<HourCount> counts = all();
    for (HourCount count : counts) {
      totals.merge(count.hour().toString(), count.stored(), Long::sum);
      boolean full =
          counts.stream().anyMatch(c -> c.hour().equals(count.hour()) && c.type() == null);
      if (!full) {
        totals.merge(count.hour() + " " + count.type(), count.stored(), Long::sum);
      }
    }
    return totals;
  }

  /** As a store is that an earlier version made. */
  private void forgetCounts() throws Exception {
    try (Connection connection = database.connections().writing();
        Statement statement = connection.createStatement()) {
      for (String table : List.of("event_count", "event_retention", "refusal")) {
        statement.execute("DROP TABLE " + table);
      }
      statement.execute(
          "DELETE FROM flyway_schema_history WHERE script LIKE '%event_counts.sql'"
              + " OR script LIKE '%event_retention.sql' OR script LIKE '%refusals.sql'");
      if (!connection.getAutoCommit()) {
        connection.commit();
      }
    }
  }
}
