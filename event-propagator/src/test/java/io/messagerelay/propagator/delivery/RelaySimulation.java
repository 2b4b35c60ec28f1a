package io.messagerelay.propagator.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.messagerelay.contract.EventIds;
import io.messagerelay.contract.EventJson;
import io.messagerelay.propagator.auth.Endpoint;
import io.messagerelay.propagator.auth.Outcome.Reply;
import io.messagerelay.propagator.loop.RateLimit;
import io.messagerelay.propagator.loop.Step;
import io.messagerelay.propagator.source.EventSource;
import io.messagerelay.propagator.source.Polled;
import io.messagerelay.propagator.source.SourceItem;
import io.messagerelay.propagator.source.SourcePump;
import io.messagerelay.propagator.spool.Books;
import io.messagerelay.propagator.spool.DeadLetter;
import io.messagerelay.propagator.spool.FakeSpool;
import io.messagerelay.propagator.spool.Lanes;
import io.messagerelay.propagator.spool.RecordedNote;
import io.messagerelay.propagator.spool.Settlement;
import io.messagerelay.propagator.spool.Spool;
import io.messagerelay.propagator.spool.SpooledEvent;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A whole life of a relay in virtual time, of which a seed decides everything: the real pump, lanes
 * and table of answers between a source, a spool that outlives the process, a network that loses,
 * delays, repeats and reorders requests and answers, and a consumer whose mood changes. The process
 * dies now and then and is started again.
 *
 * <p>After every step the promises are checked: the books balance, nothing is settled that is not
 * stored, events of one key are stored in the order they were taken, and only what the consumer
 * refuses is a dead letter. Troubles end after {@link #TROUBLE}; {@link #CALM} later all must be
 * stored or a dead letter.
 */
final class RelaySimulation {
  /** What the relay is made of, to be replaced by broken parts. */
  record Parts(UnaryOperator<Spool> disk, UnaryOperator<EventSender> sender) {
    static final Parts REAL = new Parts(UnaryOperator.identity(), UnaryOperator.identity());
  }

  static final Duration TROUBLE = Duration.ofMinutes(8);

  /** The longest delay of a request and of a failing lane one after the other, thrice. */
  static final Duration CALM = Duration.ofMinutes(4);

  private static final int EVENTS = 150;
  private static final int KEYS = 6;
  private static final Duration TIME_OUT = Duration.ofSeconds(30);

  private final Parts parts;
  private final Random random;
  private final VirtualTime time = new VirtualTime();
  private final Lanes lanes;
  private final Spool disk;
  private final SimulatedConsumer consumer;
  private final Set<String> refused = new HashSet<>();
  private final AnswerTable table =
      new AnswerTable(
          new Receiver(
              new Endpoint(URI.create("http://consumer/event")), Acknowledge.ID, "simulation"));
  private final Instant calmAt;

  private @Nullable SimulatedSpool process;
  private int checked;
  private final Map<String, Integer> lastOfKey = new HashMap<>();

  RelaySimulation(long seed, Parts parts) {
    this.parts = parts;
    this.random = new Random(seed);
    this.lanes = new Lanes(1 + random.nextInt(4));
    this.disk = new FakeSpool(lanes, Long.MAX_VALUE, time.clock());
    this.consumer = new SimulatedConsumer(random, refused);
    this.calmAt = time.clock().instant().plus(TROUBLE);
  }

  /**
   * Runs it to its end.
   *
   * @return how many steps it took
   * @throws AssertionError when a promise is broken
   */
  int run() {
    time.after(Duration.ZERO, this::changeMood);
    start();
    Instant end = calmAt.plus(CALM);
    int steps = 0;
    try {
      while (time.clock().instant().isBefore(end) && !isOver() && time.step()) {
        steps++;
        check();
      }
      checkEnd();
      return steps;
    } catch (AssertionError broken) {
      throw new AssertionError("at step " + steps + ": " + broken.getMessage(), broken);
    } finally {
      time.close();
    }
  }

  private boolean isCalm() {
    return !time.clock().instant().isBefore(calmAt);
  }

  private boolean isOver() {
    Books books = disk.books();
    return isCalm() && books.taken() == EVENTS && books.pending() == 0;
  }

  private void changeMood() {
    consumer.feel(isCalm() ? SimulatedConsumer.Mood.WELL : SimulatedConsumer.moodOf(random));
    time.after(Duration.ofMillis(random.nextLong(40_000)), this::changeMood);
  }

  // ---- the process

  private void start() {
    var alive =
        new SimulatedSpool(
            parts.disk.apply(disk),
            new SimulatedSpool.Fate() {
              @Override
              public boolean strikes() {
                return !isCalm() && random.nextInt(200) == 0;
              }

              @Override
              public void settles(List<? extends Settlement> settlements) {
                settlements.forEach(RelaySimulation.this::checkSettled);
              }
            });
    process = alive;
    var log = new DeliveryLog(() -> 0, new RecordedNote());
    var schedule = new RetrySchedule(time.clock(), random);
    var awake = new ArrayList<VirtualTime.Actor>();
    for (int lane = 0; lane < lanes.count(); lane++) {
      var actor = new LaneActor(alive);
      EventSender sender = parts.sender.apply(actor::send);
      Step relay =
          new Relay(alive, sender, schedule, RateLimit.unbounded(), log, new Lane(lane, 20));
      awake.add(actor.live(relay));
    }
    var json = new EventJson(new EventIds(time.clock(), random));
    var pump =
        new SourcePump(
            new Numbers(), alive, json, () -> awake.forEach(VirtualTime.Actor::wake), EVENTS);
    new LaneActor(alive).live(pump);
  }

  /** Another process takes its place, a moment later. */
  private void restartAfter(SimulatedSpool dead) {
    if (process == dead) {
      process = null;
      time.after(Duration.ofMillis(random.nextLong(3_000)), this::start);
    }
  }

  /** A loop of the process. */
  private final class LaneActor {
    private final SimulatedSpool process;
    private VirtualTime.@Nullable Actor actor;

    LaneActor(SimulatedSpool process) {
      this.process = process;
    }

    VirtualTime.Actor live(Step step) {
      VirtualTime.Actor born = time.actor(() -> run(step));
      actor = born;
      return born;
    }

    private void run(Step step) throws InterruptedException {
      try {
        while (true) {
          Duration pause = step.run();
          if (pause.equals(Step.NEVER)) {
            return;
          }
          await(pause);
        }
      } catch (SimulatedSpool.Dead e) {
        restartAfter(process);
      }
    }

    private void await(Duration pause) {
      requireActor().await(pause);
      process.requireAlive();
    }

    private VirtualTime.Actor requireActor() {
      return Objects.requireNonNull(actor);
    }

    /** Sends over the network, and waits for the answer in virtual time. */
    private EventSender.Sending send(List<SpooledEvent> batch) {
      process.requireAlive();
      var request = new Request(List.copyOf(batch), requireActor());
      request.travel();
      return () -> {
        while (request.delivery == null) {
          await(TIME_OUT);
        }
        return request.delivery;
      };
    }
  }

  // ---- the network

  private final class Request {
    private final List<SpooledEvent> batch;
    private final VirtualTime.Actor sender;
    private @Nullable Delivery delivery;

    Request(List<SpooledEvent> batch, VirtualTime.Actor sender) {
      this.batch = batch;
      this.sender = sender;
    }

    void travel() {
      time.after(TIME_OUT, () -> fail("no answer"));
      if (!isCalm() && random.nextInt(20) == 0) {
        time.after(delay(), () -> fail("connection refused"));
        return;
      }
      int times = isCalm() || random.nextInt(20) > 0 ? 1 : 2;
      for (int i = 0; i < times; i++) {
        if (isCalm() || random.nextInt(15) > 0) {
          time.after(delay(), this::arrive);
        }
      }
    }

    private void arrive() {
      Reply reply = consumer.answer(batch);
      if (isCalm() || random.nextInt(15) > 0) {
        time.after(delay(), () -> end(table.meaning(batch, reply)));
      }
    }

    private void fail(String cause) {
      end(new Delivery.Deferred(cause, Optional.empty()));
    }

    private void end(Delivery meaning) {
      if (delivery == null) {
        delivery = meaning;
        sender.wake();
      }
    }

    /** Seldom longer than anybody waits. */
    private Duration delay() {
      boolean slow = !isCalm() && random.nextInt(25) == 0;
      return Duration.ofMillis(1 + random.nextLong(slow ? 60_000 : 200));
    }
  }

  // ---- the source

  /** Events that are numbered, of a few keys or none; some of them are refused by the consumer. */
  private final class Numbers implements EventSource {
    @Override
    public String name() {
      return "numbers";
    }

    @Override
    public Polled poll(@Nullable String progress, int atMost) {
      int first = progress == null ? 1 : Integer.parseInt(progress) + 1;
      int last = Math.min(EVENTS, first + random.nextInt(Math.min(atMost, 40)));
      var items = new ArrayList<SourceItem>();
      for (int i = first; i <= last; i++) {
        items.add(new SourceItem.Whole(body(i).getBytes(UTF_8), "numbers[" + i + "]"));
        if (i % 29 == 0) {
          refused.add(id(i));
        }
      }
      return new Polled(items, Integer.toString(last), Duration.ofMillis(random.nextLong(60_000)));
    }

    private static String body(int number) {
      int key = number % (KEYS + 1);
      String its = key == KEYS ? "" : "\"event_key\":\"k%d\",".formatted(key);
      return "{\"event_id\":\"%s\",%s\"event_type\":\"t\",\"event_payload\":\"p\"}"
          .formatted(id(number), its);
    }
  }

  private static String id(int number) {
    return "n-" + number;
  }

  private static int number(SpooledEvent event) {
    return Integer.parseInt(event.eventId().substring(2));
  }

  // ---- the promises

  private void checkSettled(Settlement settlement) {
    String id = settlement.event().eventId();
    switch (settlement) {
      case Settlement.Delivered _, Settlement.Duplicate _ ->
          require(consumer.hasStored(id), id + " is settled and not stored");
      case Settlement.Dead _ ->
          require(refused.contains(id), id + " is a dead letter and was not refused");
    }
  }

  private void check() {
    Books books = disk.books();
    require(books.balanced(), "the books do not balance: " + books);
    for (; checked < consumer.stored().size(); checked++) {
      SpooledEvent event = consumer.stored().get(checked);
      if (event.eventKey() != null) {
        Integer before = lastOfKey.put(event.eventKey(), number(event));
        require(
            before == null || before < number(event),
            event.eventId() + " is stored behind " + before + " of the same key");
      }
    }
  }

  private void checkEnd() {
    Books books = disk.books();
    require(
        books.taken() == EVENTS && books.pending() == 0,
        "not everything is settled %s after the troubles: %s".formatted(CALM, books));
    List<String> dead =
        disk.deadLetters(0, EVENTS).stream().map(DeadLetter::eventId).sorted().toList();
    require(dead.equals(refused.stream().sorted().toList()), "dead letters are " + dead);
    for (int i = 1; i <= EVENTS; i++) {
      require(
          refused.contains(id(i)) || consumer.hasStored(id(i)),
          id(i) + " is neither stored nor a dead letter");
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
