package io.messagerelay.propagator.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.messagerelay.propagator.spool.Entry.State;
import io.messagerelay.propagator.spool.NewEntry.Deliverable;
import io.messagerelay.propagator.spool.NewEntry.Unusable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person does beside the runner. */
final class SpoolDeskTest {
  private static final long ROOMY = 1L << 30;

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();
  private SqliteSpool spool;
  private int turns;

  @BeforeEach
  void run() {
    spool =
        SqliteSpool.open(
            folder.resolve("spool.db"), new Lanes(1), new SpoolLimits(ROOMY, 0), clock);
  }

  @AfterEach
  void stop() {
    spool.close();
  }

  private SpoolDesk reading() {
    return SpoolDesk.toRead(new SpoolFolder(folder));
  }

  private SpoolDesk changing() {
    return SpoolDesk.toChange(new SpoolFolder(folder), () -> turns++);
  }

  private static NewEntry event(String id, String type) {
    String body = "{\"event_id\":\"%s\",\"event_type\":\"%s\"}".formatted(id, type);
    return new Deliverable(id, "key-" + id, "place-" + id, body.getBytes(UTF_8));
  }

  private void take(NewEntry... entries) {
    spool.take("source", List.of(entries), null);
  }

  private void refuse(String... reasons) {
    spool.settle(
        spool.claim(0, 0, 1, ROOMY).stream()
            .map(event -> new Settlement.Dead(event, 422, List.of(reasons)))
            .toList());
  }

  private static Selection ids(String... ids) {
    return with(Set.of(ids), null, null, null, null, null);
  }

  private static Selection with(
      Set<String> ids,
      @Nullable String reason,
      @Nullable String type,
      @Nullable String source,
      @Nullable Instant since,
      @Nullable Instant until) {
    return new Selection(
        ids,
        Set.of(),
        Optional.ofNullable(reason),
        Optional.ofNullable(type),
        Optional.ofNullable(source),
        Optional.ofNullable(since),
        Optional.ofNullable(until));
  }

  private List<String> letters(Selection wanted) {
    try (SpoolDesk desk = reading()) {
      return desk.oldestFirst(Shelf.DEAD_LETTERS, wanted).map(Entry::place).toList();
    }
  }

  @Test
  void a_dead_letter_is_resent_under_its_id_behind_all_others_as_if_never_tried() {
    take(event("1", "a"), event("2", "a"));
    refuse("no");
    Instant taken = clock.instant();
    clock.advance(Duration.ofMinutes(1));
    Books before = spool.books();

    try (SpoolDesk desk = changing()) {
      assertThat(desk.resend(Selection.ALL)).isEqualTo(1);
    }

    List<SpooledEvent> waiting = spool.claim(0, 0, 10, ROOMY);
    assertThat(waiting).extracting(SpooledEvent::eventId).containsExactly("2", "1");
    SpooledEvent resent = waiting.getLast();
    assertThat(resent.attempts()).isEqualTo(1);
    assertThat(resent.eventKey()).isEqualTo("key-1");
    assertThat(resent.taken()).isEqualTo(taken);
    assertThat(resent.seq()).isEqualTo(3);
    assertThat(spool.books()).isEqualTo(new Books(2, 0, 0, 0, 0, 2, before.bytes()));
    assertThat(spool.deadBytes()).isZero();
  }

  @Test
  void an_item_without_an_id_stays_a_dead_letter_when_all_are_resent() {
    take(new Unusable("place-x", new byte[7], List.of("no object")), event("1", "a"));
    refuse("no");

    try (SpoolDesk desk = changing()) {
      assertThat(desk.resend(Selection.ALL)).isEqualTo(1);
    }

    assertThat(letters(Selection.ALL)).containsExactly("place-x");
    assertThat(spool.books().dead()).isEqualTo(1);
    assertThat(spool.books().balanced()).isTrue();
  }

  @Test
  void what_is_discarded_is_counted_and_its_room_is_free() {
    take(new Unusable("place-x", new byte[7], List.of("no object")), event("1", "a"));
    long rest = spool.books().bytes() - 7;

    try (SpoolDesk desk = changing()) {
      assertThat(desk.discard(Selection.ALL)).isEqualTo(1);
    }

    assertThat(spool.books()).isEqualTo(new Books(2, 0, 0, 0, 1, 1, rest));
    assertThat(spool.deadBytes()).isZero();
  }

  @Test
  void a_waiting_event_is_buried_with_its_attempts_and_why() {
    take(event("1", "a"), event("2", "a"));
    spool.claim(0, 0, 1, ROOMY);
    clock.advance(Duration.ofMinutes(1));

    try (SpoolDesk desk = changing()) {
      assertThat(desk.bury(ids("1"), clock.instant(), Optional.of("a test"))).isEqualTo(1);
    }

    assertThat(spool.deadLetters(0, 10))
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.eventId()).isEqualTo("1");
              assertThat(letter.attempts()).isEqualTo(1);
              assertThat(letter.status()).isZero();
              assertThat(letter.died()).isEqualTo(clock.instant());
              assertThat(letter.reasons()).containsExactly("buried by hand", "a test");
            });
    assertThat(spool.books().pending()).isEqualTo(1);
    assertThat(spool.books().balanced()).isTrue();
  }

  @Test
  void an_event_that_was_buried_while_it_was_under_way_is_counted_once() {
    take(event("1", "a"));
    List<SpooledEvent> underWay = spool.claim(0, 0, 1, ROOMY);
    try (SpoolDesk desk = changing()) {
      desk.bury(Selection.ALL, clock.instant(), Optional.empty());
    }

    spool.settle(underWay.stream().map(Settlement.Delivered::new).toList());
    spool.defer(underWay, clock.instant());

    assertThat(spool.books().dead()).isEqualTo(1);
    assertThat(spool.books().delivered()).isZero();
    assertThat(spool.books().balanced()).isTrue();
  }

  @Test
  void a_selection_is_what_fits_everything_that_is_asked() {
    Instant first = clock.instant();
    take(event("1", "a"));
    refuse("/event_type must be \"short\"");
    clock.advance(Duration.ofMinutes(1));
    Instant second = clock.instant();
    take(event("2", "b"), new Unusable("place-3", "[]".getBytes(UTF_8), List.of("no object")));
    refuse("the id is another event's");

    assertThat(letters(Selection.ALL)).containsExactly("place-1", "place-3", "place-2");
    assertThat(letters(ids("2", "1", "0"))).containsExactly("place-1", "place-2");
    assertThat(letters(with(Set.of(), "must be \"short\"", null, null, null, null)))
        .containsExactly("place-1");
    assertThat(letters(with(Set.of(), "422 the id", null, null, null, null)))
        .containsExactly("place-2");
    assertThat(letters(with(Set.of(), null, "b", null, null, null))).containsExactly("place-2");
    assertThat(letters(with(Set.of(), null, null, "source", second, null)))
        .containsExactly("place-3", "place-2");
    assertThat(letters(with(Set.of(), null, null, null, first, second))).containsExactly("place-1");
    assertThat(letters(with(Set.of(), null, null, "another", null, null))).isEmpty();
    assertThat(letters(with(Set.of("1"), null, "b", null, null, null))).isEmpty();
    assertThat(letters(new Selection(Set.of("1"), Set.of(3L), none(), none(), none(), at(), at())))
        .containsExactly("place-1", "place-2");
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  private static Optional<Instant> at() {
    return Optional.empty();
  }

  @Test
  void entries_come_in_either_order_over_gaps_that_are_wider_than_a_window() throws SQLException {
    for (int i = 1; i <= 4; i++) {
      take(event(Integer.toString(i), "a"));
      refuse("no");
    }
    execute("UPDATE dead_letter SET seq = seq * 5000 WHERE seq > 2");

    try (SpoolDesk desk = reading()) {
      assertThat(desk.oldestFirst(Shelf.DEAD_LETTERS, Selection.ALL).map(Entry::seq))
          .containsExactly(1L, 2L, 15_000L, 20_000L);
      assertThat(desk.newestFirst(Shelf.DEAD_LETTERS, Selection.ALL).map(Entry::seq))
          .containsExactly(20_000L, 15_000L, 2L, 1L);
    }
  }

  @Test
  void waiting_events_show_when_they_are_due_and_how_often_they_were_tried() {
    take(event("1", "a"));
    Instant due = clock.instant().plusSeconds(30);
    spool.defer(spool.claim(0, 0, 1, ROOMY), due);

    try (SpoolDesk desk = reading()) {
      assertThat(desk.oldestFirst(Shelf.PENDING, Selection.ALL))
          .containsExactly(
              new Entry(
                  1,
                  "1",
                  "key-1",
                  "source",
                  "place-1",
                  clock.instant(),
                  1,
                  spool.books().bytes(),
                  new State.Waiting(due)));
      assertThat(desk.body(Shelf.PENDING, 1)).isPresent();
      assertThat(desk.body(Shelf.PENDING, 2)).isEmpty();
    }
  }

  @Test
  void many_are_moved_in_transactions_between_which_the_runner_has_its_turn() {
    take(IntStream.range(0, 1_200).mapToObj(i -> event("id-" + i, "a")).toArray(NewEntry[]::new));

    try (SpoolDesk desk = changing()) {
      assertThat(desk.bury(Selection.ALL, clock.instant(), Optional.empty())).isEqualTo(1_200);
      assertThat(turns).isEqualTo(2);
      assertThat(desk.resend(Selection.ALL)).isEqualTo(1_200);
    }

    assertThat(spool.claim(0, 0, 2_000, ROOMY))
        .extracting(SpooledEvent::eventId)
        .isEqualTo(IntStream.range(0, 1_200).mapToObj(i -> "id-" + i).toList());
  }

  @Test
  void what_dies_again_while_all_are_resent_is_not_resent_again() {
    take(IntStream.range(0, 600).mapToObj(i -> event("id-" + i, "a")).toArray(NewEntry[]::new));
    try (SpoolDesk desk = changing()) {
      desk.bury(Selection.ALL, clock.instant(), Optional.empty());
    }

    try (SpoolDesk desk = SpoolDesk.toChange(new SpoolFolder(folder), () -> refuse("again"))) {
      assertThat(desk.resend(Selection.ALL)).isEqualTo(600);
    }

    assertThat(spool.books().dead()).isEqualTo(1);
    assertThat(spool.books().pending()).isEqualTo(599);
  }

  @Test
  void a_file_that_is_held_for_too_long_is_said_to_be_in_use() throws SQLException {
    take(event("1", "a"));
    try (Connection holder = connect();
        Statement statement = holder.createStatement();
        SpoolDesk desk = changing()) {
      statement.execute("BEGIN IMMEDIATE");

      assertThatThrownBy(() -> desk.bury(Selection.ALL, clock.instant(), Optional.empty()))
          .isInstanceOf(SpoolBusyException.class)
          .hasMessageContaining("is in use");

      statement.execute("ROLLBACK");
    }
    assertThat(spool.books().pending()).isEqualTo(1);
  }

  @Test
  void a_newer_spool_is_refused_and_none_is_made() throws SQLException {
    execute("PRAGMA user_version = 99");

    assertThatThrownBy(this::changing)
        .isInstanceOf(SpoolException.class)
        .hasMessageContaining("is a spool of version 99");
    Path nothing = folder.resolve("nothing");
    assertThat(nothing.toFile().mkdir()).isTrue();
    assertThatThrownBy(() -> SpoolDesk.toChange(new SpoolFolder(nothing), () -> {}))
        .isInstanceOf(SpoolException.class);
    assertThat(Files.exists(nothing.resolve("spool.db"))).isFalse();
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("spool.db"));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
