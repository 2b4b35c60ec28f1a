package io.messagerelay.consumer.store;

import static io.messagerelay.consumer.store.TestEvents.event;
import static io.messagerelay.consumer.store.TestEvents.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.messagerelay.consumer.store.EventStore.Appended.Conflict;
import io.messagerelay.consumer.store.EventStore.Appended.Duplicate;
import io.messagerelay.consumer.store.EventStore.Appended.Stored;
import io.messagerelay.consumer.store.StoreException.Kind;
import io.messagerelay.contract.Event;
import io.messagerelay.contract.Payload;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What erasing an event keeps to, in every database. */
@ParameterizedClass
@EnumSource(Backend.class)
final class EventErasureTest {
  private final ManualClock clock = ManualClock.at("2026-01-01T12:00:00Z");
  private final Backend backend;
  @TempDir Path folder;
  private Backend.Place place;
  private Database database;

  EventErasureTest(Backend backend) {
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

  private EventStore store() {
    return database.events();
  }

  private StoredEvent found(String id) throws StoreException {
    return store().find(id).orElseThrow();
  }

  @Test
  void takes_payload_key_and_trace_and_keeps_the_rest() throws Exception {
    store().append(List.of(event("x")));
    store().append(List.of(new Event("a", "t", Payload.ofString("p"), "key", "00-01-02-00")));
    clock.set("2026-01-02T12:00:00.000001Z");

    assertThat(database.erasure().erase("a")).isTrue();

    Event left = new Event("a", "t", new Payload(Payload.Kind.JSON, "null"), null, null);
    assertThat(found("a"))
        .isEqualTo(
            new StoredEvent(
                2,
                left,
                Instant.parse("2026-01-01T12:00:00Z"),
                Instant.parse("2026-01-02T12:00:00.000001Z")));
    assertThat(found("x").erasedTime()).isNull();
  }

  @Test
  void a_late_repeat_is_still_a_duplicate_and_other_content_a_conflict() throws Exception {
    store().append(List.of(event("a", "t", "p"), event("b", "t", "null")));
    database.erasure().erase("a");
    database.erasure().erase("b");

    assertThat(store().append(List.of(event("a", "t", "p"), event("c"))))
        .containsExactly(new Duplicate(1), new Stored(3));
    assertThat(store().append(List.of(event("a", "t", "other")))).containsExactly(new Conflict());
    Event jsonNull = new Event("b", "t", new Payload(Payload.Kind.JSON, "null"), null, null);
    assertThat(store().append(List.of(jsonNull))).containsExactly(new Conflict());
    assertThat(found("a").erasedTime()).isNotNull();
  }

  @Test
  void an_unknown_id_is_told_and_changes_nothing() throws Exception {
    store().append(events("a", 0, 2));

    assertThat(database.erasure().erase("A-0")).isFalse();
    assertThat(database.erasure().erase("b")).isFalse();
    assertThat(found("a-0").erasedTime()).isNull();
  }

  @Test
  void erasing_twice_keeps_the_time_of_the_first() throws Exception {
    store().append(List.of(event("a")));
    database.erasure().erase("a");
    StoredEvent first = found("a");
    clock.set("2026-01-03T12:00:00Z");

    assertThat(database.erasure().erase("a")).isTrue();
    assertThat(found("a")).isEqualTo(first);
  }

  @Test
  void erased_events_stay_in_pages_of_every_kind() throws Exception {
    store().append(events("a", 0, 5));
    database.erasure().erase("a-2");

    assertThat(store().page(new Page(1, 9, true, List.of(), 9)))
        .extracting(event -> event.erasedTime() != null)
        .containsExactly(false, false, true, false, false);
    assertThat(store().page(new Page(1, 9, false, List.of("order.created"), 3)))
        .extracting(StoredEvent::position)
        .containsExactly(5L, 4L, 3L);
    assertThat(store().firstPositionSince(Instant.parse("2026-01-01T12:00:00Z"))).hasValue(1);
  }

  @Test
  void another_consumer_of_the_store_sees_it_and_may_erase_it_too() throws Exception {
    store().append(List.of(event("a", "t", "p")));
    try (Database other = place.open(clock)) {
      assertThat(other.erasure().erase("a")).isTrue();

      assertThat(found("a").erasedTime()).isNotNull();
      assertThat(other.events().append(List.of(event("a", "t", "p"))))
          .containsExactly(new Duplicate(1));
    }
  }

  @Test
  void a_lost_answer_to_the_commit_is_unknown_and_asking_again_is_safe() throws Exception {
    store().append(List.of(event("a")));
    FaultyConnections faulty = new FaultyConnections(database.connections());
    EventErasure erasure = new JdbcEventErasure(faulty, backend.dialect(), clock);

    faulty.failNextCommit();
    assertThatThrownBy(() -> erasure.erase("a"))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNKNOWN));
    assertThat(found("a").erasedTime()).isNull();

    faulty.loseAnswerOfNextCommit();
    assertThatThrownBy(() -> erasure.erase("a")).isInstanceOf(StoreException.class);
    assertThat(found("a").erasedTime()).isNotNull();
    assertThat(erasure.erase("a")).isTrue();
  }
}
