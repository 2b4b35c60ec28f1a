package io.messagerelay.propagator.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.messagerelay.contract.EventJson;
import io.messagerelay.contract.ItemId;
import io.messagerelay.propagator.loop.Step;
import io.messagerelay.propagator.spool.Books;
import io.messagerelay.propagator.spool.DeadLetter;
import io.messagerelay.propagator.spool.FakeSpool;
import io.messagerelay.propagator.spool.Lanes;
import io.messagerelay.propagator.spool.ManualClock;
import io.messagerelay.propagator.spool.Settlement.Dead;
import io.messagerelay.propagator.spool.Settlement.Delivered;
import io.messagerelay.propagator.spool.Spool;
import io.messagerelay.propagator.spool.SpooledEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SourcePumpTest {
  private static final Duration PAUSE = Duration.ofSeconds(7);
  private static final long ROOMY = 1L << 30;

  private final ScriptedSource source = new ScriptedSource();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger ours = (Logger) LoggerFactory.getLogger("io.messagerelay");
  private final Logger events = (Logger) LoggerFactory.getLogger("io.messagerelay.events");
  private final Level quiet = events.getLevel();
  private int ids;
  private int wakeUps;

  @BeforeEach
  void listen() {
    log.start();
    ours.addAppender(log);
    events.setLevel(Level.INFO);
  }

  @AfterEach
  void stopListening() {
    ours.detachAppender(log);
    events.setLevel(quiet);
  }

  @Test
  void items_are_taken_with_their_ids_and_the_progress_together() {
    Spool spool = roomySpool();
    source.has("p1", item(0), item(1));

    Duration pause = pump(spool).run();

    assertThat(pause).isEqualTo(PAUSE);
    assertThat(spool.claim(0, 0, 10, ROOMY))
        .extracting(SpooledEvent::eventId, SpooledEvent::place, SpooledEvent::source)
        .containsExactly(
            tuple("0000000000000001", "file[0]", "file"),
            tuple("0000000000000002", "file[1]", "file"));
    assertThat(spool.progress("file")).contains("p1");
    assertThat(wakeUps).isEqualTo(1);
    assertThat(lines())
        .containsExactly(
            "INFO taken 00000000…0001 from file[0]", "INFO taken 00000000…0002 from file[1]");
  }

  @Test
  void the_source_is_asked_from_the_progress_that_the_spool_keeps() {
    Spool spool = roomySpool();
    source.has("p1", item(0)).has("p2", item(1));
    pump(spool).run();
    pump(spool).run();

    assertThat(source.askedFrom).containsExactly(null, "p1");
  }

  @Test
  void nothing_is_taken_when_the_source_has_nothing() {
    Spool spool = roomySpool();
    source.has(null);

    assertThat(pump(spool).run()).isEqualTo(PAUSE);
    assertThat(spool.books().taken()).isZero();
    assertThat(wakeUps).isZero();
  }

  @Test
  void progress_without_items_is_kept() {
    Spool spool = roomySpool();
    source.has("p9");
    pump(spool).run();

    assertThat(spool.progress("file")).contains("p9");
  }

  @Test
  void an_unusable_item_is_a_dead_letter_and_its_neighbours_are_taken() {
    Spool spool = roomySpool();
    source.has(null, item(0), new SourceItem.Whole("12".getBytes(UTF_8), "file[1]"), item(2));

    pump(spool).run();

    assertThat(spool.books()).isEqualTo(new Books(3, 0, 0, 1, 0, 2, spool.books().bytes()));
    assertThat(spool.deadLetters(0, 10).getFirst().body()).isEqualTo("12".getBytes(UTF_8));
    assertThat(lines().get(1)).startsWith("WARN dead letter from file[1]: ").doesNotContain("12");
  }

  @Test
  void what_cannot_be_an_item_is_a_dead_letter_with_the_sources_reason() {
    Spool spool = roomySpool();
    source.has(null, new SourceItem.Broken("123".getBytes(UTF_8), "file[0]", "is cut off"));

    pump(spool).run();

    DeadLetter letter = spool.deadLetters(0, 10).getFirst();
    assertThat(letter.place()).isEqualTo("file[0]");
    assertThat(letter.reasons()).containsExactly("is cut off");
    assertThat(letter.body()).isEqualTo("123".getBytes(UTF_8));
  }

  @Test
  void an_item_is_taken_under_the_id_that_its_source_gives() {
    Spool spool = roomySpool();
    source.has(null, new SourceItem.Whole("{}".getBytes(UTF_8), "f:1", new ItemId.OwnOr("f-1")));

    pump(spool).run();

    assertThat(spool.claim(0, 0, 1, ROOMY))
        .extracting(SpooledEvent::eventId)
        .containsExactly("f-1");
  }

  @Test
  void a_source_that_has_no_more_exhausts_the_pump_once_its_last_items_are_taken() {
    Spool spool = new FakeSpool(new Lanes(1), 2 * Spool.OVERHEAD_BYTES, new ManualClock());
    source.has("p1", item(0)).ends("p2", item(1));
    SourcePump pump = pump(spool);
    pump.run();
    pump.run();
    assertThat(pump.isExhausted()).isFalse();

    spool.settle(spool.claim(0, 0, 1, ROOMY).stream().map(Delivered::new).toList());

    assertThat(pump.run()).isEqualTo(Step.NEVER);
    assertThat(pump.isExhausted()).isTrue();
    assertThat(spool.progress("file")).contains("p2");
  }

  @Test
  void a_source_that_keeps_its_items_is_not_asked_while_enough_of_them_wait() {
    Spool spool = roomySpool();
    source.has("p1", item(0), item(1)).has("p2", item(2));
    source.mostAhead = 2;
    SourcePump pump = pump(spool);
    pump.run();

    assertThat(pump.run()).isEqualTo(Duration.ofMillis(5));
    assertThat(source.askedFrom).hasSize(1);

    spool.settle(spool.claim(0, 0, 1, ROOMY).stream().map(Delivered::new).toList());
    assertThat(pump.run()).isEqualTo(PAUSE);
    assertThat(spool.books().taken()).isEqualTo(3);
  }

  @Test
  void a_full_spool_keeps_the_items_waiting_and_says_so_once() {
    Spool spool = new FakeSpool(new Lanes(1), 2 * Spool.OVERHEAD_BYTES, new ManualClock());
    source.has("p1", item(0)).has("p2", item(1));
    SourcePump pump = pump(spool);
    pump.run();

    assertThat(pump.run()).isEqualTo(Duration.ofSeconds(1));
    assertThat(pump.run()).isEqualTo(Duration.ofSeconds(1));
    assertThat(pump.isPaused()).isTrue();
    assertThat(source.askedFrom).hasSize(2);
    assertThat(spool.progress("file")).contains("p1");

    spool.settle(spool.claim(0, 0, 1, ROOMY).stream().map(Delivered::new).toList());
    assertThat(pump.run()).isEqualTo(PAUSE);
    assertThat(pump.isPaused()).isFalse();
    assertThat(source.askedFrom).hasSize(2);
    assertThat(spool.claim(0, 0, 1, ROOMY))
        .extracting(SpooledEvent::place)
        .containsExactly("file[1]");
    assertThat(lines())
        .containsExactly(
            "INFO taken 00000000…0001 from file[0]",
            "WARN the spool is full: it holds 1 events that wait and 0 dead letters, and nothing"
                + " more is taken from file until some are delivered; SPOOL_MAX_BYTES is the bound",
            "INFO the spool has room again: taking from file goes on",
            "INFO taken 00000000…0002 from file[1]");
  }

  @Test
  void a_spool_that_nothing_will_make_room_in_is_an_error_said_once_with_the_size_that_would_do() {
    Spool spool = new FakeSpool(new Lanes(1), 2 * Spool.OVERHEAD_BYTES, new ManualClock());
    source.has("p1", item(0)).has("p2", item(1));
    SourcePump pump = pump(spool);
    pump.run();
    pump.run();
    SpooledEvent taken = spool.claim(0, 0, 1, ROOMY).getFirst();
    spool.settle(List.of(new Dead(taken, 400, List.of("no"))));

    assertThat(pump.run()).isEqualTo(Duration.ofSeconds(1));
    assertThat(pump.run()).isEqualTo(Duration.ofSeconds(1));
    long enough = 2 * (taken.body().length + Spool.OVERHEAD_BYTES);
    assertThat(lines())
        .hasSize(3)
        .last()
        .isEqualTo(
            "ERROR nothing more is taken from file: the spool holds 1 dead letters, and file[1]"
                + " does not fit beside them; resend or discard some (event-propagator dead-letters"
                + " list), or start again with a SPOOL_MAX_BYTES of "
                + enough
                + " or more");
  }

  @Test
  void a_disk_that_is_low_pauses_the_source_until_it_has_more_and_says_so_once() {
    var disk = new FakeSpool(new ManualClock());
    source.has("p1", item(0));
    SourcePump pump = pump(disk);
    disk.diskIsLow(true);

    assertThat(pump.run()).isEqualTo(Duration.ofSeconds(1));
    assertThat(pump.run()).isEqualTo(Duration.ofSeconds(1));
    assertThat(pump.isPaused()).isTrue();
    disk.diskIsLow(false);
    assertThat(pump.run()).isEqualTo(PAUSE);
    assertThat(pump.isPaused()).isFalse();

    assertThat(disk.books().taken()).isEqualTo(1);
    assertThat(lines())
        .containsExactly(
            "ERROR the disk of the spool has less left than SPOOL_MIN_FREE, and nothing more is"
                + " taken from file until it has more; what was taken is delivered",
            "INFO the spool has room again: taking from file goes on",
            "INFO taken 00000000…0001 from file[0]");
  }

  @Test
  void a_source_that_cannot_be_read_is_asked_again_and_said_once() {
    Spool spool = roomySpool();
    source.fails("the disk is away").fails("the disk is away").has(null, item(0));
    SourcePump pump = pump(spool);

    assertThat(pump.run()).isEqualTo(Duration.ofSeconds(5));
    assertThat(pump.run()).isEqualTo(Duration.ofSeconds(5));
    assertThat(pump.run()).isEqualTo(PAUSE);
    assertThat(lines())
        .containsExactly(
            "WARN file cannot be read, trying again: the disk is away",
            "INFO file can be read again",
            "INFO taken 00000000…0001 from file[0]");
  }

  @Test
  void a_limit_counts_what_earlier_runs_took() {
    Spool spool = roomySpool();
    source.has(null, item(0), item(1)).has(null, item(2));
    pump(spool).run();

    SourcePump limited = pump(spool, 3);
    assertThat(limited.run()).isEqualTo(PAUSE);
    assertThat(limited.run()).isEqualTo(Step.NEVER);

    assertThat(source.wanted).containsExactly(4_000, 1);
    assertThat(spool.books().taken()).isEqualTo(3);
  }

  private SourcePump pump(Spool spool) {
    return pump(spool, Long.MAX_VALUE);
  }

  private SourcePump pump(Spool spool, long limit) {
    var json = new EventJson(() -> "%016d".formatted(++ids));
    return new SourcePump(source, spool, json, () -> wakeUps++, limit);
  }

  private static Spool roomySpool() {
    return new FakeSpool(new ManualClock());
  }

  private List<String> lines() {
    return log.list.stream().map(e -> e.getLevel() + " " + e.getFormattedMessage()).toList();
  }

  private static SourceItem item(int index) {
    String json = "{\"event_type\":\"order.created\",\"event_payload\":\"%d\"}".formatted(index);
    return new SourceItem.Whole(json.getBytes(UTF_8), "file[" + index + "]");
  }

  /** Gives what it was told to, in order. */
  private static final class ScriptedSource implements EventSource {
    private final Queue<Object> script = new ArrayDeque<>();
    private final List<@Nullable String> askedFrom = new ArrayList<>();
    private final List<Integer> wanted = new ArrayList<>();
    private long mostAhead = Long.MAX_VALUE;

    ScriptedSource has(@Nullable String progress, SourceItem... items) {
      script.add(new Polled(List.of(items), progress, PAUSE));
      return this;
    }

    ScriptedSource ends(String progress, SourceItem... items) {
      script.add(new Polled(List.of(items), progress, Step.NEVER));
      return this;
    }

    ScriptedSource fails(String message) {
      script.add(new SourceException(message));
      return this;
    }

    @Override
    public String name() {
      return "file";
    }

    @Override
    public long mostAhead() {
      return mostAhead;
    }

    @Override
    public Polled poll(@Nullable String progress, int atMost) throws SourceException {
      askedFrom.add(progress);
      wanted.add(atMost);
      return switch (script.remove()) {
        case SourceException fault -> throw fault;
        case Object polled -> (Polled) polled;
      };
    }
  }
}
