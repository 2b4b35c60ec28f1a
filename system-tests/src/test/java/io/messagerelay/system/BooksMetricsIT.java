package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.system.way.FaultyWay;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The books in each scrape of a run that has everything go wrong: requests and answers fail and
 * lie, the process is killed again and again, and commands resend and discard beside it.
 */
final class BooksMetricsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long SEED = 20_261_130;
  private static final int EVENTS = 4_000;
  private static final int KILLS = 3;

  @RegisterExtension final Site site = new Site();

  /** What every scrape said, in the order in which they were asked for. */
  private final List<BooksLine> scrapes = new CopyOnWriteArrayList<>();

  @Test
  void taken_is_what_became_of_it_in_each_scrape_of_a_chaotic_run() throws InterruptedException {
    site.get().writeData(withRefused(SampleData.keyed(200).json()));
    Child consumer = site.get().consumer();
    site.get().awaitReady(consumer, PATIENCE);
    var over = new AtomicBoolean();
    try (var way = FaultyWay.to(site.get().consumerUrl(), EVENTS, SEED);
        var management = new Management(Installation.freePort())) {
      Thread scraping = Thread.ofVirtual().start(() -> scrape(management, over));
      Child run = run(way, management);
      for (int kill = 0; kill < KILLS; kill++) {
        awaitTaken((kill + 1) * EVENTS / (KILLS + 1));
        command("dead-letters", kill % 2 == 0 ? "resend" : "discard", "--all", "--yes");
        run.kill();
        run = run(way, management);
      }
      assertThat(run.waitFor(PATIENCE)).as(run.output()).isZero();
      over.set(true);
      scraping.join();
      BooksLine end = BooksLine.in(run.lines()).orElseThrow();

      assertThat(scrapes).as("seed %d", SEED).hasSizeGreaterThan(100).allMatch(BooksLine::balanced);
      assertThat(scrapes).extracting(BooksLine::taken).isSorted();
      assertThat(scrapes).extracting(BooksLine::delivered).isSorted();
      assertThat(scrapes).extracting(BooksLine::discarded).isSorted();
      assertThat(scrapes).as("dead letters were seen").anyMatch(it -> it.dead() > 0);
      assertThat(scrapes).as("discarded ones were seen").anyMatch(it -> it.discarded() > 0);
      assertThat(end.taken()).isEqualTo(EVENTS);
      assertThat(end.balanced()).isTrue();
    }
  }

  /** Some events that the consumer refuses, among the others. */
  private static String withRefused(String data) {
    return "["
        + "{\"event_type\": 1, \"event_payload\": \"refused\"},".repeat(5)
        + data.substring(1);
  }

  private Child run(FaultyWay way, Management management) {
    Map<String, String> settings = new HashMap<>(management.settings());
    settings.put("SCHEDULER_INTERVAL", "0.002");
    return site.get()
        .start(
            Service.PROPAGATOR, way.settings(settings), "run", "--limit", Integer.toString(EVENTS));
  }

  private void scrape(Management management, AtomicBoolean over) {
    while (!over.get()) {
      management.metrics().map(Management::books).ifPresent(scrapes::add);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  private void awaitTaken(long events) {
    Waiting.until(
        events + " are taken",
        PATIENCE,
        () -> !scrapes.isEmpty() && scrapes.getLast().taken() >= events);
  }

  private void command(String... words) {
    Child command = site.get().start(Service.PROPAGATOR, Map.of(), words);
    assertThat(command.waitFor(PATIENCE)).as(command.output()).isZero();
  }
}
