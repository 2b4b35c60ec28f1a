package io.messagerelay.system;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Relays events while the processes are killed. Used by one thread.
 *
 * @param server the database's, when it is killed too
 * @param events how many will be stored
 * @param say takes the lines for a person
 */
record Trial(
    Installation site,
    Optional<Victim> server,
    ProofSource source,
    int events,
    Kills kills,
    long seed,
    Consumer<String> say) {
  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration END = Duration.ofMinutes(5);

  /**
   * Makes the whole run. Afterwards the propagators have ended and the consumer is ready.
   *
   * @return the kills that were made; fewer than planned when the events were stored before
   */
  Kills run() {
    source.prepare();
    long before = System.nanoTime();
    Child consumer = site.consumer();
    site.awaitReady(consumer, START);
    var pace =
        new Pace(
            events,
            kills.ofEachService() + kills.ofServer(),
            Duration.ofNanos(System.nanoTime() - before));
    try (var store = site.rows();
        ExecutorService killers = Executors.newVirtualThreadPerTaskExecutor()) {
      var killer = new Killer(store::count, events, say);
      var random = new SplittableRandom(seed);
      Future<Integer> ofConsumer =
          follow(killers, killer, kills.ofEachService(), victim(consumer, pace), random);
      List<Victim> propagators = source.start(store, pace);
      int each = Math.ceilDiv(kills.ofEachService(), propagators.size());
      List<Future<Integer>> ofPropagators =
          propagators.stream()
              .map(victim -> follow(killers, killer, each, victim, random))
              .toList();
      Optional<Future<Integer>> ofServer =
          server.map(victim -> follow(killers, killer, kills.ofServer(), victim, random));
      int ofThem = ofPropagators.stream().mapToInt(Trial::get).sum();
      source.awaitEnd(END);
      int ofIt = get(ofConsumer);
      int servers = ofServer.map(Trial::get).orElse(0);
      site.awaitReady(site.children(Service.CONSUMER).getLast(), START);
      return new Kills(Math.min(ofIt, ofThem), servers);
    }
  }

  private Future<Integer> follow(
      ExecutorService killers, Killer killer, int times, Victim victim, SplittableRandom random) {
    KillPlan plan = KillPlan.random(times, events, random.split());
    return killers.submit(() -> killer.follow(plan, victim));
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
