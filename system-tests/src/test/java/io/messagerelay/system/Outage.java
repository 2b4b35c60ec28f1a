package io.messagerelay.system;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What clients of two consumers met while the database of both was away and after it.
 *
 * @param from when the fault had happened, by {@link System#nanoTime}
 * @param until shortly before it was mended
 * @param posts how each was answered, before, meanwhile and afterwards
 * @param probes how everything else was answered meanwhile, once readiness said so
 * @param written the ids of everything that was posted; what was put off was posted again
 * @param readers of each consumer, who have followed the list to its end
 */
record Outage(
    long from,
    long until,
    List<Answered> posts,
    List<Answered> probes,
    List<String> written,
    List<Follower> readers) {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int BEFORE = 500;
  private static final int ROUNDS = 2;

  /** Goes through one under load. */
  static Outage of(URI oneUrl, URI twoUrl, Runnable fault, Runnable mend) throws Exception {
    try (var one = new ConsumerApi(oneUrl);
        var two = new ConsumerApi(twoUrl);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      String token = one.token(Installation.ACCOUNT, Installation.PASSWORD);
      try (var load = new Load(token, one, two)) {
        load.begin();
        var readers = List.of(new Follower(token, one), new Follower(token, two));
        List<Future<Follower>> reading =
            readers.stream()
                .map(reader -> threads.submit(() -> reader.follow(load::hasEnded)))
                .toList();
        Waiting.until("events are stored", PATIENCE, () -> load.answers().size() > BEFORE);
        fault.run();
        long from = System.nanoTime();
        long until = from;
        List<Answered> probes;
        try {
          probes = probes(token, List.of(one, two), threads);
          until = System.nanoTime();
        } finally {
          mend.run();
        }
        Waiting.until("both are ready again", PATIENCE, () -> one.ready() && two.ready());
        List<String> written = load.end();
        for (Future<Follower> each : reading) {
          each.get();
        }
        return new Outage(from, until, load.answers(), probes, written, readers);
      }
    }
  }

  private static List<Answered> probes(
      String token, List<ConsumerApi> consumers, ExecutorService threads) throws Exception {
    Waiting.until(
        "none is ready", PATIENCE, () -> consumers.stream().noneMatch(ConsumerApi::ready));
    List<Answered> probes = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      List<Future<Answered>> asked = new ArrayList<>();
      for (ConsumerApi consumer : consumers) {
        for (Answered.Asking asking : questions(token, consumer)) {
          asked.add(threads.submit(() -> Answered.to(asking)));
        }
      }
      for (Future<Answered> each : asked) {
        probes.add(each.get());
      }
    }
    return probes;
  }

  private static List<Answered.Asking> questions(String token, ConsumerApi consumer) {
    return List.of(
        () -> consumer.login(Installation.ACCOUNT, Installation.PASSWORD),
        () -> consumer.get(token, ConsumerApi.list(10)),
        () -> consumer.get(token, "/event/w0-0-0"),
        consumer::readiness);
  }

  /** Posts that were answered in this time. */
  List<Answered> posts(long begin, long end) {
    return posts.stream().filter(each -> each.at() > begin && each.at() < end).toList();
  }
}
