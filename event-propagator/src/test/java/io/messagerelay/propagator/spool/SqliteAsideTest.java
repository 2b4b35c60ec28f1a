package io.messagerelay.propagator.spool;

import static io.messagerelay.propagator.spool.AsideContract.claimed;
import static io.messagerelay.propagator.spool.AsideContract.setAside;
import static io.messagerelay.propagator.spool.AsideContract.settleAside;
import static io.messagerelay.propagator.spool.SpoolClaimContract.ROOMY;
import static io.messagerelay.propagator.spool.SpoolClaimContract.SOURCE;
import static io.messagerelay.propagator.spool.SpoolClaimContract.event;
import static io.messagerelay.propagator.spool.SpoolClaimContract.keyed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.messagerelay.propagator.spool.Entry.State;
import io.messagerelay.propagator.spool.Settlement.Delivered;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is set aside in a file: over restarts, and beside a person who changes it. */
final class SqliteAsideTest {
  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();
  private SqliteSpool spool;

  @BeforeEach
  void open() {
    open(new Lanes(1));
  }

  private void open(Lanes lanes) {
    spool = SqliteSpool.open(file(), lanes, new SpoolLimits(ROOMY, 0), clock);
  }

  @AfterEach
  void close() {
    spool.close();
  }

  private Path file() {
    return folder.resolve("spool.db");
  }

  private void take(NewEntry... entries) {
    spool.take(SOURCE, List.of(entries), null);
  }

  private void bury(long seq) {
    Selection all = Selection.ALL;
    var one =
        new Selection(
            Set.of(),
            Set.of(seq),
            all.reason(),
            all.type(),
            all.source(),
            all.since(),
            all.until());
    try (SpoolDesk desk = SpoolDesk.toChange(new SpoolFolder(folder), () -> {})) {
      assertThat(desk.bury(one, clock.instant(), Optional.empty())).isEqualTo(1);
    }
  }

  private void assertSound() {
    assertThat(SpoolDesk.audit(new SpoolFolder(folder)).problems()).isEmpty();
    assertThat(spool.books().balanced()).isTrue();
  }

  private void assertAllPassedOver() {
    for (int i = 0; i < 5; i++) {
      assertThat(spool.claim(0, 0, 1_000, ROOMY)).isEmpty();
    }
    assertThat(spool.due(0)).isEmpty();
  }

  private List<State> states() {
    try (SpoolDesk desk = SpoolDesk.toRead(new SpoolFolder(folder))) {
      return desk.oldestFirst(Shelf.PENDING, Selection.ALL).map(Entry::state).toList();
    }
  }

  @Test
  void later_ones_come_back_when_it_is_buried_by_hand() {
    take(keyed(1, "a"), keyed(2, "b"), keyed(3, "a"), keyed(4, "b"), keyed(5, "a"));
    setAside(spool, "id-1");
    assertThat(claimed(spool)).containsExactly("id-2", "id-4");

    bury(1);

    assertSound();
    assertThat(spool.aside().claim()).isEmpty();
    assertThat(spool.claim(0, 4, 9, ROOMY)).as("behind others").isEmpty();
    assertThat(claimed(spool)).containsExactly("id-2", "id-3", "id-4", "id-5");
    assertThat(spool.deadLetters(0, 9)).extracting(DeadLetter::attempts).containsExactly(1);
    assertSound();
  }

  @Test
  void one_behind_it_that_is_buried_by_hand_is_gone_and_the_others_stay() {
    take(keyed(1, "a"), keyed(2, "a"), keyed(3, "a"));
    setAside(spool, "id-1");
    assertThat(claimed(spool)).isEmpty();

    bury(2);

    assertSound();
    assertThat(claimed(spool)).isEmpty();
    settleAside(spool, Delivered::new);
    assertThat(claimed(spool)).containsExactly("id-3");
  }

  @Test
  void one_that_is_buried_while_it_is_attempted_is_settled_once_and_put_off_nowhere() {
    take(keyed(1, "a"), keyed(2, "a"));
    setAside(spool, "id-1");
    AsideEvent underWay = spool.aside().claim().orElseThrow();
    bury(1);

    spool.aside().defer(underWay.failed("no"), clock.instant());
    spool.settle(List.of(new Delivered(underWay.event())));

    assertThat(spool.books()).returns(1L, Books::dead).returns(0L, Books::delivered);
    assertThat(spool.aside().due()).isEmpty();
    assertSound();
  }

  @Test
  void one_that_is_buried_before_it_is_set_aside_is_not() {
    take(keyed(1, "a"), keyed(2, "a"));
    SpooledEvent first = spool.claim(0, 0, 1, ROOMY).getFirst();
    bury(1);

    spool.aside().put(first, "late", clock.instant());

    assertThat(claimed(spool)).containsExactly("id-2");
    assertSound();
  }

  @Test
  void one_that_is_resent_waits_behind_it() {
    take(keyed(1, "a"), keyed(2, "a"), keyed(3, "b"));
    bury(2);
    setAside(spool, "id-1");
    try (SpoolDesk desk = SpoolDesk.toChange(new SpoolFolder(folder), () -> {})) {
      assertThat(desk.resend(Selection.ALL)).isEqualTo(1);
    }

    assertThat(claimed(spool)).containsExactly("id-3");
    settleAside(spool, Delivered::new);
    assertThat(claimed(spool)).containsExactly("id-3", "id-2");
  }

  @Test
  void all_of_it_is_there_when_it_is_opened_again_with_another_number_of_lanes() {
    take(keyed(1, "a"), keyed(2, "a"), keyed(3, "b"), keyed(4, "a"), event(5));
    setAside(spool, "id-1");
    Aside aside = spool.aside();
    Instant due = clock.instant().plusSeconds(30);
    aside.defer(aside.claim().orElseThrow().failed("worse"), due);
    assertThat(claimed(spool)).containsExactly("id-3", "id-5");
    List<State> before = states();
    spool.close();

    var lanes = new Lanes(64);
    open(lanes);

    assertThat(states()).isEqualTo(before);
    assertThat(spool.aside().due()).contains(due);
    int lane = lanes.of("a", SOURCE);
    assertThat(spool.claim(lane, 0, 9, ROOMY)).isEmpty();
    clock.advance(Duration.ofSeconds(30));
    AsideEvent found = spool.aside().claim().orElseThrow();
    assertThat(found.failures()).isEqualTo(1);
    assertThat(found.event().attempts()).isEqualTo(3);
    spool.settle(List.of(new Delivered(found.event())));
    assertThat(spool.claim(lane, 0, 9, ROOMY))
        .extracting(SpooledEvent::eventId)
        .containsExactly("id-2", "id-4");
  }

  @Test
  void what_has_to_come_back_does_so_after_a_restart_with_another_number_of_lanes() {
    take(keyed(1, "a"), keyed(2, "a"));
    setAside(spool, "id-1");
    assertThat(claimed(spool)).isEmpty();
    settleAside(spool, Delivered::new);
    spool.close();

    open(new Lanes(64));

    assertSound();
    assertThat(spool.claim(new Lanes(64).of("a", SOURCE), 0, 9, ROOMY))
        .extracting(SpooledEvent::eventId)
        .containsExactly("id-2");
  }

  @Test
  void one_that_is_set_aside_while_others_still_come_back_holds_those_up() {
    List<NewEntry> many = IntStream.rangeClosed(1, 2_500).mapToObj(i -> keyed(i, "a")).toList();
    spool.take(SOURCE, many, null);
    setAside(spool, "id-1");
    assertAllPassedOver();
    settleAside(spool, Delivered::new);

    setAside(spool, "id-2");

    assertSound();
    assertAllPassedOver();
    assertSound();
    settleAside(spool, Delivered::new);
    assertThat(spool.claim(0, 0, 3_000, ROOMY)).hasSize(1_000);
    assertThat(spool.claim(0, 0, 3_000, ROOMY)).hasSize(2_000);
    assertThat(spool.claim(0, 0, 3_000, ROOMY))
        .extracting(SpooledEvent::eventId)
        .isEqualTo(IntStream.rangeClosed(3, 2_500).mapToObj(i -> "id-" + i).toList());
  }

  @Test
  void an_event_that_was_put_off_by_a_clock_far_ahead_is_due_when_it_is_opened_again() {
    take(event(1));
    clock.advance(Duration.ofDays(1));
    spool
        .aside()
        .put(spool.claim(0, 0, 1, ROOMY).getFirst(), "no", clock.instant().plusSeconds(60));
    clock.advance(Duration.ofDays(-1));
    spool.close();

    open();

    assertThat(spool.aside().claim()).isPresent();
  }

  @Test
  void a_person_sees_what_is_set_aside_and_what_waits_behind_it() {
    take(keyed(1, "a"), keyed(2, "a"), event(3), keyed(4, "b"));
    spool.aside().put(spool.claim(0, 0, 1, ROOMY).getFirst(), "500 no", clock.instant());
    claimed(spool);
    setAside(spool, "id-3");
    Instant since = clock.instant();
    Instant due = since.plusSeconds(30);
    Aside aside = spool.aside();
    aside.defer(aside.claim().orElseThrow().failed("worse"), due);

    assertThat(states())
        .containsExactly(
            new State.SetAside(due, since, "worse", 1),
            new State.Behind(1),
            new State.SetAside(since, since, "500 no", 0),
            new State.Waiting(Instant.EPOCH));

    bury(1);
    assertThat(states().getFirst())
        .as("it may come back")
        .isEqualTo(new State.Waiting(Instant.EPOCH));
  }

  @Test
  void attempts_that_a_person_sees_do_not_change_when_an_event_leaves_its_lane() {
    take(keyed(1, "a"), keyed(2, "a"));
    spool.claim(0, 0, 2, ROOMY);
    setAside(spool, "id-1");
    spool.aside().claim();
    take(event(3));
    claimed(spool);

    try (SpoolDesk desk = SpoolDesk.toRead(new SpoolFolder(folder))) {
      assertThat(desk.oldestFirst(Shelf.PENDING, Selection.ALL).map(Entry::attempts))
          .containsExactly(3, 1, 1);
    }
  }

  @Test
  void statements_read_only_what_they_return() throws SQLException {
    assertThat(plan(SqliteAside.NEXT))
        .satisfiesExactly(
            first -> assertThat(first).matches("SEARCH a USING INDEX set_aside_due \\(due<\\?\\)"),
            then -> assertThat(then).startsWith("SEARCH s USING INTEGER PRIMARY KEY"));
    assertThat(plan(SqliteAside.DUE))
        .containsExactly("SCAN set_aside USING COVERING INDEX set_aside_due");
    for (String statement : List.of(SqliteAside.COME_BACK, SqliteAside.NEXT_BACK)) {
      assertThat(plan(statement))
          .last(STRING)
          .matches("SEARCH spooled USING (COVERING )?INDEX spooled_aside \\(event_key=\\?\\)");
    }
  }

  private List<String> plan(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("EXPLAIN QUERY PLAN " + sql)) {
      var plan = new ArrayList<String>();
      while (rows.next()) {
        plan.add(rows.getString("detail"));
      }
      return plan;
    }
  }
}
