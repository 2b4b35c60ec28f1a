package io.messagerelay.consumer.store;

import static io.messagerelay.consumer.store.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.messagerelay.consumer.store.EventStore.Appended.Stored;
import io.messagerelay.contract.Event;
import io.messagerelay.servers.TestDatabase;
import io.messagerelay.servers.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MysqlEventStoreTest extends JdbcEventStoreContract {
  private final TestDatabase place = TestServer.shared().newDatabase();
  private Database database;

  @BeforeEach
  void open() throws Exception {
    database = TestStores.open(place, clock);
  }

  @AfterEach
  void close() {
    database.close();
    place.close();
  }

  @Override
  EventStore store() {
    return database.events();
  }

  @Override
  Connections connections() {
    return database.connections();
  }

  @Override
  Dialect dialect() {
    return new MysqlDialect();
  }

  @Override
  void refuse(String type) throws SQLException {
    try (Connection connection = place.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE event ADD CHECK (type <> '" + type + "')");
    }
  }

  /** Some groups share ids, and some fail: neither may leave a gap, or an event out of turn. */
  @Test
  void positions_follow_the_commits_while_consumers_write_at_once() throws Exception {
    int consumers = 3;
    int groups = 40;
    refuse("refused");
    var followed = new ArrayList<StoredEvent>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writing = new AtomicInteger(consumers);
      List<Future<Integer>> stored = new ArrayList<>();
      for (int consumer = 0; consumer < consumers; consumer++) {
        String own = "consumer-" + consumer;
        stored.add(
            threads.submit(
                () -> {
                  try (Database another = TestStores.open(place, clock)) {
                    return write(another.events(), own, groups);
                  } finally {
                    writing.decrementAndGet();
                  }
                }));
      }
      threads.submit(() -> follow(writing, followed)).get();
      int sum = 0;
      for (Future<Integer> each : stored) {
        sum += each.get();
      }
      assertThat(followed).hasSize(sum);
    }
    assertThat(followed)
        .extracting(StoredEvent::position)
        .isEqualTo(LongStream.rangeClosed(1, followed.size()).boxed().toList());
    assertThat(followed).extracting(event -> event.event().id()).doesNotHaveDuplicates();
    assertThat(followed).extracting(StoredEvent::receivedTime).isSorted();
    assertThat(followed).hasSize(consumers * groups * 3 + groups);
  }

  private static int write(EventStore store, String own, int groups) throws Exception {
    int stored = 0;
    for (int group = 0; group < groups; group++) {
      String name = own + "-" + group;
      stored +=
          store(store, List.of(event(name + "-a"), event("all-" + group), event(name + "-b")));
      if (group % 5 == 0) {
        assertThatThrownBy(
                () -> store.append(List.of(event(name), event(name + "-r", "refused", "p"))))
            .isInstanceOf(StoreException.class);
      }
      stored += store(store, List.of(event(name + "-c")));
    }
    return stored;
  }

  private static int store(EventStore store, List<Event> group) throws Exception {
    while (true) {
      try {
        return (int) store.append(group).stream().filter(Stored.class::isInstance).count();
      } catch (StoreException e) {
        assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE); // a lock's wait ended
      }
    }
  }

  /** Asks for what comes behind the last one, until nobody writes and nothing comes. */
  private @Nullable Void follow(AtomicInteger writing, List<StoredEvent> followed)
      throws Exception {
    boolean over = false;
    while (true) {
      boolean last = over;
      over = writing.get() == 0;
      long next = followed.size() + 1L;
      List<StoredEvent> page = store().page(new Page(next, next + 50, true, List.of(), 50));
      followed.addAll(page);
      if (last && page.isEmpty()) {
        return null;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 20})
  void reads_a_page_at_a_cost_that_the_number_of_events_does_not_change(int types)
      throws Exception {
    List<String> names = IntStream.range(0, types).mapToObj(i -> "type-" + i).toList();
    for (int group = 0; group < 6; group++) {
      int first = group * 1_000;
      store()
          .append(
              IntStream.range(first, first + 1_000)
                  .mapToObj(i -> event("a-" + i, "type-" + i % 40, "p"))
                  .toList());
    }

    for (boolean ascending : new boolean[] {true, false}) {
      for (long from : new long[] {1, 3_000}) {
        Page page = new Page(from, 6_001, ascending, names, 10);

        assertThat(rowsTouchedBy(page)).isLessThan(60L * (types + 1));
      }
    }
  }

  /** The server would rather walk the positions, and pass all events of the other time first. */
  @Test
  void reads_a_page_of_a_type_that_was_frequent_once_without_passing_the_others() throws Exception {
    for (int group = 0; group < 6; group++) {
      String type = group < 3 ? "early" : "late";
      int first = group * 1_000;
      store()
          .append(
              IntStream.range(first, first + 1_000)
                  .mapToObj(i -> event("a-" + i, type, "p"))
                  .toList());
    }

    assertThat(rowsTouchedBy(new Page(1, 6_001, false, List.of("early"), 10))).isLessThan(120);
    assertThat(rowsTouchedBy(new Page(1, 6_001, true, List.of("late"), 10))).isLessThan(120);
  }

  @Test
  void steps_from_type_to_type_without_passing_events() throws Exception {
    for (int group = 0; group < 6; group++) {
      int first = group * 1_000;
      store()
          .append(
              IntStream.range(first, first + 1_000)
                  .mapToObj(i -> event("a-" + i, "type-" + i % 8, "p"))
                  .toList());
    }

    try (Connection connection = connections().reading()) {
      long before = rowsTouched(connection);
      assertThat(TypeWalk.types(connection, "type-", 99)).hasSize(8);
      assertThat(rowsTouched(connection) - before).isLessThan(100);
    }
  }

  private long rowsTouchedBy(Page page) throws SQLException {
    try (Connection connection = connections().reading()) {
      long before = rowsTouched(connection);
      assertThat(EventTable.page(connection, page)).hasSize(10);
      return rowsTouched(connection) - before;
    }
  }

  private static long rowsTouched(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet status = statement.executeQuery("SHOW SESSION STATUS LIKE 'Handler_read%'")) {
      long sum = 0;
      while (status.next()) {
        sum += status.getLong(2);
      }
      return sum;
    }
  }
}
