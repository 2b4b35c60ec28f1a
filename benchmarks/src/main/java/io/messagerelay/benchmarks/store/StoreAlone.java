package io.messagerelay.benchmarks.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.messagerelay.benchmarks.load.SampleEvents;
import io.messagerelay.consumer.store.Database;
import io.messagerelay.consumer.store.EventStore;
import io.messagerelay.consumer.store.StoreException;
import io.messagerelay.consumer.store.StoreOpeningException;
import io.messagerelay.contract.Event;
import io.messagerelay.contract.EventIds;
import io.messagerelay.contract.Payload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The store by itself in a JVM of its own: one thread appends groups of one size, one after the
 * other. Reads lines {@code SIZE SECONDS} and answers each with a line, the events a second; ends
 * with its input.
 */
public final class StoreAlone {
  private final EventStore store;
  private final Supplier<String> ids;

  private StoreAlone(EventStore store, Supplier<String> ids) {
    this.store = store;
    this.ids = ids;
  }

  public static void main(String[] none) throws IOException, StoreOpeningException, StoreException {
    Clock clock = Clock.systemUTC();
    var ids = new EventIds(clock, RandomGenerator.getDefault());
    var lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    try (Database database = OpenStore.of(System.getenv(), clock)) {
      var alone = new StoreAlone(database.events(), ids);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        System.out.printf(Locale.ROOT, "%.1f%n", alone.run(line.split(" ", -1)));
      }
    }
  }

  /** Only the appends are timed; what they append is made in between. */
  private double run(String[] sizeAndSeconds) throws StoreException {
    int size = Integer.parseInt(sizeAndSeconds[0]);
    long atLeast = Duration.ofSeconds(Long.parseLong(sizeAndSeconds[1])).toNanos();
    long events = 0;
    long took = 0;
    while (took < atLeast) {
      List<Event> group = group(size);
      long begin = System.nanoTime();
      store.append(group);
      took += System.nanoTime() - begin;
      events += size;
    }
    return events * 1e9 / took;
  }

  private List<Event> group(int size) {
    var payload = new Payload(Payload.Kind.STRING, SampleEvents.PAYLOAD);
    return IntStream.range(0, size)
        .mapToObj(i -> new Event(ids.get(), SampleEvents.type(i), payload, null, null))
        .toList();
  }
}
