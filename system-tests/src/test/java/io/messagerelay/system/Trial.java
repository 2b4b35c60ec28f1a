package io.messagerelay.system;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Relays events while the processes are killed. Used by one thread.
 *
 * @param server the database's, when it is killed too
 * @param say takes the lines for a person
 */
record Trial(
    Installation site,
    Optional<Victim> server,
    int events,
    Kills kills,
    long seed,
    Consumer<String> say) {
  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration END = Duration.ofMinutes(5);

  /** What the propagator logs when it does its work. */
  private static final Pattern WORKS = Pattern.compile(" (taken|delivered) ");

  /**
   * Makes the whole run. Afterwards the propagator has ended and the consumer is ready.
   *
   * @return the kills that were made; fewer than planned when the events were stored before
   */
  Kills run() {
    site.writeData(data().json());
    long before = System.nanoTime();
    Child consumer = site.consumer();
    site.awaitReady(consumer, START);
    var pace =
        new Pace(events, kills.ofEachService(), Duration.ofNanos(System.nanoTime() - before));
    try (var store = site.rows();
        ExecutorService killers = Executors.newVirtualThreadPerTaskExecutor()) {
      var killer = new Killer(store::count, events, say);
      var random = new SplittableRandom(seed);
      KillPlan consumerPlan = KillPlan.random(kills.ofEachService(), events, random);
      KillPlan propagatorPlan = KillPlan.random(kills.ofEachService(), events, random);
      KillPlan serverPlan = KillPlan.random(kills.ofServer(), events, random);
      Victim consumerVictim = victim(consumer, pace);
      Victim propagatorVictim = victim(propagator(pace.interval(0)), pace, store);
      Future<Integer> ofConsumer =
          killers.submit(() -> killer.follow(consumerPlan, consumerVictim));
      Future<Integer> ofPropagator =
          killers.submit(() -> killer.follow(propagatorPlan, propagatorVictim));
      Future<Integer> ofServer =
          killers.submit(() -> server.map(it -> killer.follow(serverPlan, it)).orElse(0));
      int propagators = get(ofPropagator);
      int exit = site.children(Service.PROPAGATOR).getLast().waitFor(END);
      if (exit != 0) {
        throw new IllegalStateException("event-propagator ended with " + exit);
      }
      int consumers = get(ofConsumer);
      int servers = get(ofServer);
      site.awaitReady(site.children(Service.CONSUMER).getLast(), START);
      return new Kills(Math.min(consumers, propagators), servers);
    }
  }

  /** What there is, once it has run. */
  Verdict.Evidence evidence() {
    try (var store = site.rows();
        var api = new ConsumerApi(site.consumerUrl())) {
      String token = api.token(Installation.ACCOUNT, Installation.PASSWORD);
      List<Child> propagators = site.children(Service.PROPAGATOR);
      return new Verdict.Evidence(
          events,
          BooksLine.in(propagators.getLast().lines()).orElseThrow(),
          propagators.stream().flatMap(child -> Taken.in(child.output()).stream()).toList(),
          store.rows(),
          api.all(token).stream().map(StoredEvent::listed).toList(),
          new HashSet<>(data().events()));
    }
  }

  private SampleData data() {
    return SampleData.keyed(events);
  }

  private Victim victim(Child consumer, Pace pace) {
    return new Victim.OfService(
        Service.CONSUMER,
        consumer,
        () -> {
          pace.consumerKilled();
          return site.consumer();
        },
        _ -> true);
  }

  private Victim victim(Child propagator, Pace pace, StoredRows store) {
    return new Victim.OfService(
        Service.PROPAGATOR,
        propagator,
        () -> propagator(pace.interval(store.count())),
        child -> WORKS.matcher(child.output()).find());
  }

  private Child propagator(Duration interval) {
    return site.start(
        Service.PROPAGATOR,
        Map.of("SCHEDULER_INTERVAL", "%.6f".formatted(interval.toNanos() / 1e9)),
        "run",
        "--limit",
        Integer.toString(events));
  }

  private static int get(Future<Integer> outcome) {
    try {
      return outcome.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
