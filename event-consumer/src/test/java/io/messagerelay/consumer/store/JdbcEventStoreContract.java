package io.messagerelay.consumer.store;

import static io.messagerelay.consumer.store.TestEvents.event;
import static io.messagerelay.consumer.store.TestEvents.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.messagerelay.consumer.store.EventStore.Appended;
import io.messagerelay.consumer.store.EventStore.Appended.Conflict;
import io.messagerelay.consumer.store.EventStore.Appended.Duplicate;
import io.messagerelay.consumer.store.EventStore.Appended.Stored;
import io.messagerelay.consumer.store.StoreException.Kind;
import io.messagerelay.contract.Event;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every event store in a SQL database keeps to, also when the connection does not. */
abstract class JdbcEventStoreContract extends EventStoreContract {

  /** The connections of {@link #store}. */
  abstract Connections connections();

  abstract Dialect dialect();

  /** Another consumer of the same store, over connections that fail as they are told. */
  private EventStore over(FaultyConnections faulty) {
    return new JdbcEventStore(faulty, dialect(), clock, store().storeId());
  }

  private FaultyConnections faulty() {
    return new FaultyConnections(connections());
  }

  @Test
  void knows_its_events_when_the_answer_to_a_commit_is_lost() throws Exception {
    FaultyConnections faulty = faulty();
    store().append(List.of(event("old")));
    EventStore consumer = over(faulty);
    faulty.loseAnswerOfNextCommit();

    assertThat(consumer.append(events("a", 0, 3)))
        .containsExactly(new Stored(2), new Stored(3), new Stored(4));
    assertThat(all()).hasSize(4);
  }

  @Test
  void knows_old_and_new_apart_when_the_answer_to_a_commit_is_lost() throws Exception {
    FaultyConnections faulty = faulty();
    store().append(events("a", 0, 2));
    EventStore consumer = over(faulty);
    consumer.append(List.of(event("a-0")));
    faulty.loseAnswerOfNextCommit();

    assertThat(consumer.append(List.of(event("a-1"), event("b"), event("a-0", "other"))))
        .containsExactly(new Duplicate(2), new Stored(3), new Conflict());
  }

  @Test
  void a_repeat_in_a_later_statement_of_a_large_group_leaves_nothing_of_the_group_twice()
      throws Exception {
    EventStore consumer = over(faulty());
    consumer.append(List.of(event("a-600")));

    List<Appended> results = consumer.append(events("a", 0, 700));

    assertThat(results).hasSize(700);
    assertThat(results.get(600)).isEqualTo(new Duplicate(1));
    assertThat(results.get(599)).isEqualTo(new Stored(601));
    assertThat(results.get(699)).isEqualTo(new Stored(700));
    assertThat(all()).hasSize(700);
  }

  @Test
  void is_unavailable_when_a_commit_did_not_happen() throws Exception {
    FaultyConnections faulty = faulty();
    EventStore consumer = over(faulty);
    faulty.failNextCommit();

    assertThatThrownBy(() -> consumer.append(events("a", 0, 3)))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessage("the commit did not happen: the connection broke before the commit");
    assertThat(all()).isEmpty();
    assertThat(consumer.append(List.of(event("b")))).containsExactly(new Stored(1));
  }

  @Test
  void tells_a_repeat_when_another_consumer_stored_the_group_instead() throws Exception {
    FaultyConnections faulty = faulty();
    EventStore consumer = over(faulty);
    faulty.failNextCommit();
    faulty.afterNextDiscard(
        () -> {
          store().append(List.of(event("x")));
          store().append(events("a", 0, 2));
        });

    assertThat(consumer.append(events("a", 0, 2)))
        .containsExactly(new Duplicate(2), new Duplicate(3));
  }

  @Test
  void says_that_it_does_not_know_when_the_look_up_fails_too() throws Exception {
    FaultyConnections faulty = faulty();
    EventStore consumer = over(faulty);
    faulty.loseAnswerOfNextCommit();
    faulty.afterNextDiscard(faulty::away);

    assertThat(failure(consumer, events("a", 0, 2))).isEqualTo(Kind.UNKNOWN);

    faulty.back();
    assertThat(consumer.append(events("a", 0, 2)))
        .containsExactly(new Duplicate(1), new Duplicate(2));
  }

  @Test
  void is_unavailable_when_no_connection_comes() throws Exception {
    FaultyConnections faulty = faulty();
    EventStore consumer = over(faulty);
    faulty.away();

    assertThat(failure(consumer, events("a", 0, 2))).isEqualTo(Kind.UNAVAILABLE);
    assertThat(consumer.canCommit()).isFalse();
    assertThatThrownBy(() -> consumer.find("a-0")).isInstanceOf(StoreException.class);
  }

  @Test
  void gives_positions_in_turn_when_two_consumers_share_the_store() throws Exception {
    EventStore other = over(faulty());

    assertThat(store().append(events("a", 0, 2))).containsExactly(new Stored(1), new Stored(2));
    assertThat(other.append(events("a", 1, 3))).containsExactly(new Duplicate(2), new Stored(3));
    assertThat(store().append(events("a", 2, 4))).containsExactly(new Duplicate(3), new Stored(4));
  }

  private static Kind failure(EventStore store, List<Event> group) {
    try {
      throw new AssertionError("stored " + store.append(group));
    } catch (StoreException e) {
      return e.kind();
    }
  }
}
