package io.messagerelay.consumer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.store.EventImport.Outcome;
import io.messagerelay.consumer.store.EventImport.Outcome.Refused;
import io.messagerelay.consumer.store.EventImport.Outcome.Taken;
import io.messagerelay.consumer.store.EventStore.Appended;
import io.messagerelay.contract.Event;
import io.messagerelay.contract.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an import keeps, and what it does not take. */
abstract class EventImportContract {
  private static final Instant T0 = Instant.parse("2026-03-01T08:00:00.000001Z");

  private final ManualClock clock = new ManualClock(T0);
  private Database database;
  private EventImport imports;

  abstract Database open(ManualClock at) throws Exception;

  @BeforeEach
  final void begin() throws Exception {
    database = open(clock);
    imports = database.imports();
  }

  @AfterEach
  void end() {
    database.close();
  }

  private static Event event(String id) {
    return new Event(id, "t", Payload.ofString("of " + id), "k", null);
  }

  private static StoredEvent stored(long position, String id) {
    return new StoredEvent(position, event(id), T0.plusSeconds(position));
  }

  private List<StoredEvent> all() throws StoreException {
    return database.events().page(new Page(1, Long.MAX_VALUE, true, List.of(), 1_000));
  }

  private void assertRefused(List<StoredEvent> batch, int index, String reason)
      throws StoreException {
    List<StoredEvent> before = all();
    Outcome outcome = imports.take(batch);
    assertThat(outcome).isInstanceOf(Refused.class);
    assertThat(((Refused) outcome).index()).isEqualTo(index);
    assertThat(((Refused) outcome).reason()).contains(reason);
    assertThat(all()).isEqualTo(before);
  }

  @Test
  void places_ids_and_times_stay_and_places_that_were_left_out_stay_free() throws Exception {
    var json = new Event("j", "u", new Payload(Payload.Kind.JSON, "{\"a\": 1E400}"), null, null);
    List<StoredEvent> events =
        List.of(stored(3, "a"), new StoredEvent(7, json, T0.plusSeconds(3)), stored(8, "b"));

    assertThat(imports.take(events)).isEqualTo(new Taken(3));

    assertThat(all()).isEqualTo(events);
    assertThat(database.events().find("j")).contains(events.get(1));
  }

  @Test
  void what_is_stored_later_comes_behind_and_its_time_never_goes_back() throws Exception {
    imports.take(List.of(stored(5, "a")));

    assertThat(database.events().append(List.of(event("a"), event("b"))))
        .containsExactly(new Appended.Duplicate(5), new Appended.Stored(6));
    assertThat(all().getLast().receivedTime()).isAfterOrEqualTo(all().getFirst().receivedTime());
  }

  @Test
  void the_same_again_changes_nothing_and_more_goes_on_behind_it() throws Exception {
    imports.take(List.of(stored(1, "a"), stored(2, "b")));

    assertThat(imports.take(List.of(stored(1, "a"), stored(2, "b")))).isEqualTo(new Taken(0));
    assertThat(imports.take(List.of(stored(2, "b"), stored(3, "c")))).isEqualTo(new Taken(1));
    assertThat(all()).containsExactly(stored(1, "a"), stored(2, "b"), stored(3, "c"));
  }

  @Test
  void what_does_not_fit_is_named_and_nothing_of_its_batch_is_stored() throws Exception {
    imports.take(List.of(stored(1, "a"), stored(5, "b")));

    assertRefused(List.of(stored(6, "c"), stored(3, "d")), 1, "the place 3 is not free");
    assertRefused(List.of(stored(6, "a")), 0, "its id is that of the event at the place 1");
    assertRefused(
        List.of(stored(6, "c"), stored(7, "c")), 1, "its id is that of the event at the place 6");
    assertRefused(List.of(stored(6, "c"), stored(6, "d")), 1, "the place 6 is not free");
    var other = new Event("b", "t", Payload.ofString("other"), null, null);
    assertRefused(
        List.of(new StoredEvent(5, other, T0.plusSeconds(5))), 0, "another content is there");
    assertRefused(
        List.of(new StoredEvent(6, event("c"), T0)), 0, "its time lies before that of the event");
  }

  @Test
  void a_store_that_was_only_asked_whether_it_commits_takes_events_of_before() throws Exception {
    clock.advance(Duration.ofDays(1));
    assertThat(database.events().canCommit()).isTrue(); // as check and /ready ask
    assertThat(imports.take(List.of(stored(1, "a")))).isEqualTo(new Taken(1));
    assertThat(database.events().canCommit()).isTrue();

    assertThat(imports.take(List.of(stored(2, "b")))).isEqualTo(new Taken(1));

    assertThat(all()).containsExactly(stored(1, "a"), stored(2, "b"));
  }

  @Test
  void a_store_with_events_of_its_own_takes_none_in_between() throws Exception {
    database.events().append(List.of(event("own")));

    assertRefused(List.of(stored(1, "a")), 0, "this store has given those up to 1");
  }

  @Test
  void they_are_counted_in_the_hours_of_their_times() throws Exception {
    var later = new StoredEvent(2, event("b"), T0.plusSeconds(3_600));
    imports.take(List.of(stored(1, "a"), later));
    imports.take(List.of(stored(1, "a"), later));

    List<HourCount> counts =
        database.counts().between(T0.minusSeconds(3_600), T0.plusSeconds(7_200), List.of(), 10);
    assertThat(counts).extracting(HourCount::stored).containsExactly(1L, 1L);
  }
}
