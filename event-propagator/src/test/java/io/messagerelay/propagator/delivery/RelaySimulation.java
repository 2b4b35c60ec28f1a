package io.messagerelay.propagator.delivery;

import io.messagerelay.contract.EventIds;
import io.messagerelay.contract.EventJson;
import io.messagerelay.propagator.loop.RateLimit;
import io.messagerelay.propagator.loop.Step;
import io.messagerelay.propagator.source.SourcePump;
import io.messagerelay.propagator.spool.Books;
import io.messagerelay.propagator.spool.DeadLetter;
import io.messagerelay.propagator.spool.FakeSpool;
import io.messagerelay.propagator.spool.Lanes;
import io.messagerelay.propagator.spool.RecordedNote;
import io.messagerelay.propagator.spool.Settlement;
import io.messagerelay.propagator.spool.Spool;
import io.messagerelay.propagator.spool.SpooledEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A whole life of a relay in virtual time, of which a seed decides everything: the real pump, lanes
 * and table of answers between a source, a spool that outlives the process, a network that loses,
 * delays, repeats and reorders requests and answers, and a consumer whose mood changes. The process
 * dies now and then and is started again.
 *
 * <p>After every step the promises are checked: the books balance, nothing is settled that is not
 * stored, events of one key are stored in the order they were taken, and only what the consumer
 * refuses, or fails on for too long where that is set, is a dead letter. Troubles end after {@link
 * #TROUBLE}; {@link #CALM} later all must be stored or a dead letter, but what the consumer still
 * fails on, and what waits for that because it has the same key.
 */
final class RelaySimulation {
  /** What the relay is made of, to be replaced by broken parts. */
  record Parts(Opening opening, UnaryOperator<Spool> disk, UnaryOperator<EventSender> sender) {
    static final Parts REAL =
        new Parts(IN_MEMORY, UnaryOperator.identity(), UnaryOperator.identity());

    Parts on(Opening other) {
      return new Parts(other, disk, sender);
    }
  }

  /** Makes the spool that outlives every process. */
  interface Opening {
    Spool open(Lanes lanes, Clock clock);
  }

  static final Opening IN_MEMORY = (lanes, clock) -> new FakeSpool(lanes, Long.MAX_VALUE, clock);

  static final Duration TROUBLE = Duration.ofMinutes(8);

  /** What was set aside waits for five minutes at most, and some take turns. */
  static final Duration CALM = Duration.ofMinutes(12);

  private static final int EVENTS = NumberedSource.EVENTS + NumberedSource.WITNESSES;

  private final Parts parts;
  private final Random random;
  private final VirtualTime time = new VirtualTime();
  private final Lanes lanes;
  private final Spool disk;
  private final SimulatedConsumer consumer;
  private final Set<String> refused = new HashSet<>();
  private final Ailments ailments;
  private final GiveUp giveUp;
  private final SimulatedNetwork network;
  private final Instant calmAt;

  private @Nullable SimulatedSpool process;
  private int checked;
  private final Set<String> inOrder = new HashSet<>();
  private final Set<String> dead = new HashSet<>();

  RelaySimulation(long seed, Parts parts) {
    this.parts = parts;
    this.random = new Random(seed);
    this.lanes = new Lanes(1 + random.nextInt(4));
    this.disk = parts.opening().open(lanes, time.clock());
    this.ailments = new Ailments(random, NumberedSource.EVENTS, this::isCalm);
    this.giveUp =
        new GiveUp(
            random.nextBoolean() ? Optional.of(Duration.ofMinutes(3)) : Optional.empty(),
            time.clock());
    this.consumer = new SimulatedConsumer(random, refused, ailments);
    this.network = new SimulatedNetwork(time, random, this::isCalm, consumer, ailments);
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
      disk.close();
    }
  }

  private boolean isCalm() {
    return !time.clock().instant().isBefore(calmAt);
  }

  /** One a minute. */
  private int witnesses() {
    Duration calm = Duration.between(calmAt, time.clock().instant());
    return Math.clamp(calm.toMinutes(), 0, NumberedSource.WITNESSES);
  }

  private boolean isOver() {
    Books books = disk.books();
    return isCalm() && books.taken() == EVENTS && books.pending() == stuck();
  }

  /** How many nobody can deliver. */
  private long stuck() {
    return IntStream.rangeClosed(1, EVENTS).filter(this::isStuck).count();
  }

  private boolean isStuck(int number) {
    return giveUp.after().isEmpty()
        && !isSettled(NumberedSource.id(number))
        && IntStream.concat(IntStream.of(number), NumberedSource.before(number))
            .anyMatch(it -> ailments.isIncurable(NumberedSource.id(it)));
  }

  private boolean isSettled(String id) {
    return consumer.hasStored(id) || dead.contains(id);
  }

  private void changeMood() {
    consumer.feel(isCalm() ? SimulatedConsumer.Mood.WELL : SimulatedConsumer.moodOf(random));
    time.after(Duration.ofMillis(random.nextLong(40_000)), this::changeMood);
  }

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
    var places = new Places(lanes.count(), time::nanos, lane -> awake.get(lane).wake());
    var pace = new Pace(schedule, RateLimit.unbounded(), places, time.clock());
    for (int lane = 0; lane < lanes.count(); lane++) {
      var actor = new LoopActor(alive);
      EventSender sender = parts.sender.apply(actor::send);
      Step relay = new Relay(alive, sender, pace, log, new Lane(lane, 20));
      awake.add(actor.live(relay));
    }
    var actor = new LoopActor(alive);
    EventSender sender = parts.sender.apply(actor::send);
    awake.add(actor.live(new AsideRelay(alive, sender, pace, log, giveUp, lanes.count())));
    var json = new EventJson(new EventIds(time.clock(), random));
    var pump =
        new SourcePump(
            new NumberedSource(random, refused, this::witnesses),
            alive,
            json,
            () -> awake.forEach(VirtualTime.Actor::wake),
            EVENTS);
    new LoopActor(alive).live(pump);
  }

  /** Another process takes its place, a moment later. */
  private void restartAfter(SimulatedSpool dead) {
    if (process == dead) {
      process = null;
      time.after(Duration.ofMillis(random.nextLong(3_000)), this::start);
    }
  }

  /** A loop of the process. */
  private final class LoopActor {
    private final SimulatedSpool process;
    private VirtualTime.@Nullable Actor actor;

    LoopActor(SimulatedSpool process) {
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
      var answer = network.send(batch, requireActor()::wake);
      return () -> {
        while (answer.delivery().isEmpty()) {
          await(SimulatedNetwork.TIME_OUT);
        }
        return answer.delivery().get();
      };
    }
  }

  private void checkSettled(Settlement settlement) {
    String id = settlement.event().eventId();
    switch (settlement) {
      case Settlement.Delivered _, Settlement.Duplicate _ ->
          require(consumer.hasStored(id), id + " is settled and not stored");
      case Settlement.Dead _ ->
          require(
              dead.add(id) && (refused.contains(id) || giveUp.after().isPresent()),
              id + " is a dead letter and was not refused");
    }
  }

  private void check() {
    Books books = disk.books();
    require(books.balanced(), "the books do not balance: " + books);
    for (; checked < consumer.stored().size(); checked++) {
      checkOrder(consumer.stored().get(checked));
    }
  }

  private void checkOrder(String id) {
    inOrder.add(id);
    NumberedSource.before(NumberedSource.number(id))
        .mapToObj(NumberedSource::id)
        .filter(it -> !inOrder.contains(it) && !refused.contains(it) && !dead.contains(it))
        .forEach(it -> require(false, id + " is stored before " + it + " of the same key"));
  }

  private void checkEnd() {
    Books books = disk.books();
    require(
        books.taken() == EVENTS && books.pending() == stuck(),
        "not everything is settled %s after the troubles: %s, unsettled are %s"
            .formatted(CALM, books, unsettled()));
    List<String> letters =
        disk.deadLetters(0, EVENTS).stream().map(DeadLetter::eventId).sorted().toList();
    require(letters.equals(dead.stream().sorted().toList()), "dead letters are " + letters);
    for (int i = 1; i <= EVENTS; i++) {
      String id = NumberedSource.id(i);
      require(isSettled(id) || isStuck(i), id + " is neither stored nor a dead letter");
      require(!refused.contains(id) || !consumer.hasStored(id), id + " is refused and stored");
    }
  }

  private List<String> unsettled() {
    return IntStream.rangeClosed(1, EVENTS)
        .filter(number -> !isSettled(NumberedSource.id(number)))
        .mapToObj(number -> NumberedSource.id(number) + (isStuck(number) ? " (stuck)" : ""))
        .toList();
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
