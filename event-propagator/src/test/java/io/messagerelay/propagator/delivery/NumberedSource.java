package io.messagerelay.propagator.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.messagerelay.propagator.source.EventSource;
import io.messagerelay.propagator.source.Polled;
import io.messagerelay.propagator.source.SourceItem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Events that are numbered, of a few keys or of none, a few now and a few then. */
final class NumberedSource implements EventSource {
  private static final int KEYS = 6;
  private static final int AT_ONCE = 40;
  private static final int REFUSED = 29;
  private static final int LONGEST_PAUSE_MILLIS = 60_000;

  /** How many come as they like. */
  static final int EVENTS = 150;

  /** Further ones, without a key, by which it is seen that the consumer is there. */
  static final int WITNESSES = 8;

  private final RandomGenerator random;
  private final Set<String> refused;
  private final IntSupplier witnesses;

  /**
   * @param refused gets the ids of those that the consumer shall refuse
   * @param witnesses how many of them there are by now
   */
  NumberedSource(RandomGenerator random, Set<String> refused, IntSupplier witnesses) {
    this.random = random;
    this.refused = refused;
    this.witnesses = witnesses;
  }

  static String id(int number) {
    return "n-" + number;
  }

  static int number(String id) {
    return Integer.parseInt(id.substring(2));
  }

  /** Those of the same key that come before it; none when it has no key. */
  static IntStream before(int number) {
    return key(number) == KEYS
        ? IntStream.empty()
        : IntStream.iterate(number - KEYS - 1, earlier -> earlier > 0, it -> it - KEYS - 1);
  }

  @Override
  public String name() {
    return "numbers";
  }

  @Override
  public Polled poll(@Nullable String progress, int atMost) {
    int first = progress == null ? 1 : Integer.parseInt(progress) + 1;
    int last =
        Math.min(EVENTS + witnesses.getAsInt(), first + random.nextInt(Math.min(atMost, AT_ONCE)));
    var items = new ArrayList<SourceItem>();
    for (int i = first; i <= last; i++) {
      items.add(new SourceItem.Whole(body(i).getBytes(UTF_8), "numbers[" + i + "]"));
      if (i % REFUSED == 0 && i <= EVENTS) {
        refused.add(id(i));
      }
    }
    Duration pause = Duration.ofMillis(random.nextLong(LONGEST_PAUSE_MILLIS));
    return new Polled(items, Integer.toString(last), pause);
  }

  private static int key(int number) {
    return number > EVENTS ? KEYS : number % (KEYS + 1);
  }

  private static String body(int number) {
    int key = key(number);
    String its = key == KEYS ? "" : "\"event_key\":\"k%d\",".formatted(key);
    return "{\"event_id\":\"%s\",%s\"event_type\":\"t\",\"event_payload\":\"p\"}"
        .formatted(id(number), its);
  }
}
