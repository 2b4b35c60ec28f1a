package io.messagerelay.propagator.app;

import io.messagerelay.base.Version;
import io.messagerelay.contract.EventIds;
import io.messagerelay.contract.EventJson;
import io.messagerelay.propagator.auth.Exchange;
import io.messagerelay.propagator.delivery.Acknowledge;
import io.messagerelay.propagator.delivery.AsideRelay;
import io.messagerelay.propagator.delivery.DeliveryLog;
import io.messagerelay.propagator.delivery.EventSender;
import io.messagerelay.propagator.delivery.GiveUp;
import io.messagerelay.propagator.delivery.HttpEventSender;
import io.messagerelay.propagator.delivery.Lane;
import io.messagerelay.propagator.delivery.Pace;
import io.messagerelay.propagator.delivery.Places;
import io.messagerelay.propagator.delivery.Receiver;
import io.messagerelay.propagator.delivery.Relay;
import io.messagerelay.propagator.delivery.RetrySchedule;
import io.messagerelay.propagator.delivery.Traces;
import io.messagerelay.propagator.loop.Loop;
import io.messagerelay.propagator.loop.Step;
import io.messagerelay.propagator.source.EventSource;
import io.messagerelay.propagator.source.SourcePump;
import io.messagerelay.propagator.spool.ErrorNote;
import io.messagerelay.propagator.spool.Heartbeat;
import io.messagerelay.propagator.spool.PaceFile;
import io.messagerelay.propagator.spool.Spool;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The loops of a run and how their parts hang together: one takes events into the spool, one a lane
 * delivers them, one delivers what was set aside, and one waits for the consumer before those
 * begin.
 */
final class Propagator implements AutoCloseable {
  private static final int MOST_EVENTS = 1_000;

  private final SourcePump pump;
  private final List<Loop> behindContact;
  private final List<Loop> others;

  private Propagator(SourcePump pump, List<Loop> behindContact, List<Loop> others) {
    this.pump = pump;
    this.behindContact = behindContact;
    this.others = others;
  }

  /**
   * What the loops work with; closed by whoever opened it, after the loops.
   *
   * @param askedLog lets the log be as a person wants it for a while
   * @param report what the consumer is told of this run
   * @param traces what requests say of the traces of their events
   * @param measured lets be told what becomes of a sender's requests
   * @param clock the time of day
   */
  record World(
      EventSource source,
      Spool spool,
      Exchange http,
      Notes notes,
      Step askedLog,
      Supplier<Optional<String>> report,
      Traces traces,
      UnaryOperator<EventSender> measured,
      Clock clock) {}

  /** What is kept beside the spool, for those who look at it. */
  record Notes(Heartbeat heartbeat, ErrorNote error, PaceFile pace) {}

  /**
   * Puts the parts together; nothing runs yet.
   *
   * @param limit how many events are taken in all
   * @param ending is told when a loop dies
   */
  static Propagator of(PropagatorSettings settings, World world, long limit, Ending ending) {
    var random = new SecureRandom();
    var tokens = settings.tokens(world.http());
    var receiver =
        new Receiver(
            settings.events(),
            settings.acknowledge(),
            "message-relay/" + Version.number(),
            world.report(),
            world.traces());
    EventSender sender =
        world.measured().apply(new HttpEventSender(world.http(), tokens, receiver));
    var schedule = new RetrySchedule(world.clock(), random);
    List<Loop> senders = new ArrayList<>();
    var places =
        new Places(settings.lanes() + 1, System::nanoTime, number -> senders.get(number).wake());
    var pace = new Pace(schedule, settings.rateLimit(), places, world.clock());
    var log = new DeliveryLog(System::nanoTime, world.notes().error());

    var loops = new LoopMaker(world.notes().heartbeat(), settings.drainTimeout(), ending);
    for (int number = 0; number < settings.lanes(); number++) {
      var lane = new Lane(number, mostEvents(settings.acknowledge()));
      senders.add(loops.make("lane " + number, new Relay(world.spool(), sender, pace, log, lane)));
    }
    List<Loop> lanes = List.copyOf(senders);
    var giveUp = new GiveUp(settings.giveUpAfter(), world.clock());
    senders.add(
        loops.make(
            "aside", new AsideRelay(world.spool(), sender, pace, log, giveUp, settings.lanes())));
    Loop report = loops.makeQuiet("pace", new PaceReport(pace, world.notes().pace()));
    var pump =
        new SourcePump(
            world.source(),
            world.spool(),
            new EventJson(new EventIds(world.clock(), random), settings.eventKey()),
            () -> lanes.forEach(Loop::wake),
            limit);
    List<Loop> behindContact = Stream.concat(senders.stream(), Stream.of(report)).toList();
    Step contact =
        new FirstContact(tokens, world.notes().error(), () -> behindContact.forEach(Loop::start));
    Step alarm = new DeadLetterAlarm(world.spool(), settings.spoolLimits().maxBytes());
    return new Propagator(
        pump,
        behindContact,
        List.of(
            loops.make("pump", pump),
            loops.make("contact", contact),
            loops.makeQuiet("alarm", alarm),
            loops.makeQuiet("log", world.askedLog())));
  }

  /** Makes loops that beat and whose death ends the run. */
  private record LoopMaker(Heartbeat heartbeat, Duration grace, Ending ending) {
    Loop make(String name, Step step) {
      return makeQuiet(name, new Beating(step, heartbeat));
    }

    /** One whose steps do not show that events move. */
    Loop makeQuiet(String name, Step step) {
      return new Loop(name, step, grace, ending::dieOf);
    }
  }

  private record Beating(Step step, Heartbeat heartbeat) implements Step {
    @Override
    public Duration run() throws InterruptedException {
      heartbeat.beat();
      return step.run();
    }

    @Override
    public void finish() throws InterruptedException {
      step.finish();
    }
  }

  private static int mostEvents(Acknowledge acknowledge) {
    return switch (acknowledge) {
      case ID -> MOST_EVENTS;
      case STATUS -> 1;
    };
  }

  void start() {
    others.forEach(Loop::start);
  }

  /** Whether all is taken that there will ever be; it may still wait for delivery. */
  boolean isExhausted() {
    return pump.isExhausted();
  }

  /** Whether the spool has no room for what the source has. */
  boolean isPaused() {
    return pump.isPaused();
  }

  /** Takes nothing more, and waits for the requests in flight, within the time to drain. */
  @Override
  public void close() {
    List<Loop> all = Stream.concat(others.stream(), behindContact.stream()).toList();
    all.forEach(Loop::stop);
    try (ExecutorService closing = Executors.newVirtualThreadPerTaskExecutor()) {
      all.forEach(loop -> closing.execute(loop::close));
    }
  }
}
