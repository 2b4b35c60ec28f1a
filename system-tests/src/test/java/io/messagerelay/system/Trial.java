package io.messagerelay.system;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Relays events while both processes are killed. Used by one thread.
 *
 * @param kills of each process
 * @param say takes the lines for a person
 */
record Trial(Installation site, int events, int kills, long seed, Consumer<String> say) {
  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration END = Duration.ofMinutes(5);

  /** From one kill of the consumer to the next, as a multiple of the time it takes to start. */
  private static final double CYCLE = 1.3;

  /** Makes the whole run. Afterwards the propagator has ended and the consumer is ready. */
  void run() {
    site.writeData(data().json());
    long before = System.nanoTime();
    Child consumer = site.consumer();
    site.awaitReady(consumer, START);
    Duration interval = interval(System.nanoTime() - before);
    try (var store = StoreFile.open(site.storeFile());
        ExecutorService killers = Executors.newVirtualThreadPerTaskExecutor()) {
      var killer = new Killer(store, say);
      var random = new SplittableRandom(seed);
      KillPlan consumerPlan = KillPlan.random(kills, events, random);
      KillPlan propagatorPlan = KillPlan.random(kills, events, random);
      Future<Child> lastConsumer =
          killers.submit(() -> killer.follow(consumerPlan, consumerVictim(), consumer));
      Future<Child> lastPropagator =
          killers.submit(
              () ->
                  killer.follow(propagatorPlan, propagatorVictim(interval), propagator(interval)));
      int exit = get(lastPropagator).waitFor(END);
      if (exit != 0) {
        throw new IllegalStateException("event-propagator ended with " + exit);
      }
      site.awaitReady(get(lastConsumer), START);
    }
  }

  /** What there is, once it has run. */
  Verdict.Evidence evidence() {
    try (var store = StoreFile.open(site.storeFile());
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

  private Killer.Victim consumerVictim() {
    return new Killer.Victim(Service.CONSUMER.command(), site::consumer, child -> true);
  }

  private Killer.Victim propagatorVictim(Duration interval) {
    return new Killer.Victim(
        Service.PROPAGATOR.command(),
        () -> propagator(interval),
        child -> !Taken.in(child.output()).isEmpty());
  }

  private Child propagator(Duration interval) {
    return site.start(
        Service.PROPAGATOR,
        Map.of("SCHEDULER_INTERVAL", "%.6f".formatted(interval.toNanos() / 1e9)),
        "run",
        "--limit",
        Integer.toString(events));
  }

  /** Such that there is work as long as there are kills to make. */
  private Duration interval(long consumerStartNanos) {
    double nanos = CYCLE * kills * consumerStartNanos / events;
    return Duration.ofNanos((long) Math.max(1e6, nanos));
  }

  private static Child get(Future<Child> child) {
    try {
      return child.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
