package io.messagerelay.system;

import io.messagerelay.system.way.Way;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Objects picked at random from a data file, so many in all. */
record RandomProof(Installation site, int events, Way way) implements ProofSource {
  /** What the propagator logs when it does its work. */
  private static final Pattern WORKS = Pattern.compile(" (taken|delivered) ");

  @Override
  public void prepare() {
    site.writeData(data().json());
  }

  private SampleData data() {
    return SampleData.keyed(events);
  }

  @Override
  public List<Victim> start(StoredRows store, Pace pace) {
    return List.of(
        new Victim.OfService(
            Service.PROPAGATOR,
            propagator(pace.interval(0)),
            () -> propagator(pace.interval(store.count())),
            child -> WORKS.matcher(child.output()).find()));
  }

  private Child propagator(Duration interval) {
    Duration slowest = Duration.ofMillis(1);
    Duration used = interval.compareTo(slowest) < 0 ? slowest : interval;
    return site.start(
        Service.PROPAGATOR,
        way.settings(Map.of("SCHEDULER_INTERVAL", "%.6f".formatted(used.toNanos() / 1e9))),
        "run",
        "--limit",
        Integer.toString(events));
  }

  @Override
  public void awaitEnd(Duration atMost) {
    int exit = site.children(Service.PROPAGATOR).getLast().waitFor(atMost);
    if (exit != 0) {
      throw new IllegalStateException("event-propagator ended with " + exit);
    }
  }

  @Override
  public Verdict judge() {
    try (var store = site.rows();
        var api = new ConsumerApi(site.consumerUrl())) {
      String token = api.token(Installation.ACCOUNT, Installation.PASSWORD);
      List<Child> propagators = site.children(Service.PROPAGATOR);
      return Verdict.on(
          new Verdict.Evidence(
              events,
              BooksLine.in(propagators.getLast().lines()).orElseThrow(),
              propagators.stream().flatMap(child -> Taken.in(child.output()).stream()).toList(),
              store.rows(),
              api.all(token).stream().map(StoredEvent::listed).toList(),
              new HashSet<>(data().events())));
    }
  }
}
