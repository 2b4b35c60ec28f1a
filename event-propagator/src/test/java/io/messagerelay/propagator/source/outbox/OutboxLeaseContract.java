package io.messagerelay.propagator.source.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.messagerelay.propagator.delivery.RecordedLog;
import io.messagerelay.propagator.source.Polled;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What several propagators do that share an outbox. */
abstract class OutboxLeaseContract {
  private final List<OutboxSource> opened = new ArrayList<>();
  private final OutboxPlace place = place();
  private final Dialect dialect = Dialect.of(place.server().kind());

  @SuppressWarnings("NullAway.Init") // before each
  private OutboxTable table;

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

  private OutboxSource source(String holder) {
    var source = new OutboxSource(place.server(), table, holder, System::nanoTime);
    opened.add(source);
    return source;
  }

  private Lease lease(String holder) {
    return new Lease(table.name(), holder, Lease.Sql.of(dialect, table));
  }

  private void insert(String... payloads) {
    for (String payload : payloads) {
      place.execute(
          "INSERT INTO outbox (event_type, event_payload) VALUES ('t', '%s')".formatted(payload));
    }
  }

  private List<String> rows() {
    return place.query("SELECT event_payload FROM outbox ORDER BY id");
  }

  private void expire() {
    place.execute("UPDATE outbox_lease SET expires = " + dialect.now() + " - INTERVAL '1' SECOND");
  }

  @Test
  void one_works_and_the_other_stands_by_until_the_first_ends() throws Exception {
    insert("a");
    var first = source("first");
    var second = source("second");

    Polled taken = first.poll(null, 500);
    assertThat(taken.items()).hasSize(1);
    Polled none = second.poll(null, 500);
    assertThat(none.items()).isEmpty();
    assertThat(none.progress()).isNull();
    assertThat(none.pause()).isEqualTo(Duration.ofSeconds(1));

    first.close();
    assertThat(second.poll(null, 500).items()).hasSize(1);
  }

  @Test
  void another_takes_over_within_10_seconds_from_one_that_says_nothing_more() throws Exception {
    insert("a");
    source("first").poll(null, 500);
    var second = source("second");

    await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> !second.poll(null, 500).items().isEmpty());
  }

  @Test
  void one_that_was_held_up_touches_no_row_and_says_so_once() throws Exception {
    insert("a", "b");
    var first = source("first");
    Polled taken = first.poll(null, 1);
    expire();
    var second = source("second");
    assertThat(second.poll(null, 500).items()).hasSize(2);

    try (var log = new RecordedLog(OutboxSource.class.getName())) {
      assertThat(first.poll(taken.progress(), 500).items()).isEmpty();
      assertThat(first.poll(taken.progress(), 500).items()).isEmpty();
      assertThat(log.lines())
          .containsExactly(
              "WARN another propagator has taken outbox over while this one was held up; this one"
                  + " stands by");
    }
    assertThat(rows()).as("its progress settles nothing").containsExactly("a", "b");
  }

  @Test
  void each_taking_raises_the_token() throws Exception {
    source("first").poll(null, 500);
    expire();
    source("second").poll(null, 500);

    assertThat(place.query("SELECT token FROM outbox_lease")).containsExactly("2");
    assertThat(place.query("SELECT holder FROM outbox_lease")).containsExactly("second");
  }

  /** Who is at work cannot lose it in between, and nobody waits for him. */
  @Test
  void a_lease_that_has_run_out_is_not_taken_during_its_holders_transaction() throws Exception {
    Lease first = lease("first");
    Lease second = lease("second");
    try (Connection his = dialect.connect(place.server());
        Connection other = dialect.connect(place.server())) {
      first.register(his);
      assertThat(first.hold(his)).isTrue();
      his.commit();
      expire();
      assertThat(first.hold(his)).isTrue();

      long begun = System.nanoTime();
      assertThat(second.hold(other)).isFalse();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
      his.rollback();
      other.rollback();
    }
  }

  /**
   * What is frozen inside its transaction is ended by the server, and what it had begun with it.
   */
  @Test
  void one_that_is_frozen_inside_its_transaction_changes_nothing_when_it_wakes() throws Exception {
    insert("a");
    Lease first = lease("first");
    Lease second = lease("second");
    try (Connection frozen = dialect.connect(place.server());
        Connection other = dialect.connect(place.server())) {
      first.register(frozen);
      assertThat(first.hold(frozen)).isTrue();
      frozen.commit();
      assertThat(first.hold(frozen)).isTrue();
      try (PreparedStatement delete = frozen.prepareStatement("DELETE FROM outbox")) {
        delete.executeUpdate();
      }

      await()
          .atMost(Duration.ofSeconds(10))
          .pollInterval(Duration.ofMillis(500))
          .until(() -> takes(second, other));

      assertThat(commits(frozen)).isFalse();
    }
    assertThat(rows()).containsExactly("a");
  }

  private static boolean takes(Lease lease, Connection connection) throws SQLException {
    boolean held = lease.hold(connection);
    connection.commit();
    return held;
  }

  private static boolean commits(Connection connection) {
    try {
      connection.commit();
      return true;
    } catch (SQLException ended) {
      return false;
    }
  }
}
