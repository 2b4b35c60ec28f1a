package io.messagerelay.propagator.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.messagerelay.propagator.source.EventSource;
import io.messagerelay.propagator.source.Polled;
import io.messagerelay.propagator.source.SourceItem;
import io.messagerelay.propagator.spool.SpooledEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Events that are numbered, of a few keys or of none, a few now and a few then. */
final class NumberedSource implements EventSource {
  private static final int KEYS = 6;
  private static final int AT_ONCE = 40;
  private static final int REFUSED = 29;
  private static final int LONGEST_PAUSE_MILLIS = 60_000;

  private final RandomGenerator random;
  private final int events;
  private final Set<String> refused;

  /**
   * @param refused gets the ids of those that the consumer shall refuse
   */
  NumberedSource(RandomGenerator random, int events, Set<String> refused) {
    this.random = random;
    this.events = events;
    this.refused = refused;
  }

  static String id(int number) {
    return "n-" + number;
  }

  static int number(SpooledEvent event) {
    return Integer.parseInt(event.eventId().substring(2));
  }

  @Override
  public String name() {
    return "numbers";
  }

  @Override
  public Polled poll(@Nullable String progress, int atMost) {
    int first = progress == null ? 1 : Integer.parseInt(progress) + 1;
    int last = Math.min(events, first + random.nextInt(Math.min(atMost, AT_ONCE)));
    var items = new ArrayList<SourceItem>();
    for (int i = first; i <= last; i++) {
      items.add(new SourceItem.Whole(body(i).getBytes(UTF_8), "numbers[" + i + "]"));
      if (i % REFUSED == 0) {
        refused.add(id(i));
      }
    }
    Duration pause = Duration.ofMillis(random.nextLong(LONGEST_PAUSE_MILLIS));
    return new Polled(items, Integer.toString(last), pause);
  }

  private static String body(int number) {
    int key = number % (KEYS + 1);
    String its = key == KEYS ? "" : "\"event_key\":\"k%d\",".formatted(key);
    return "{\"event_id\":\"%s\",%s\"event_type\":\"t\",\"event_payload\":\"p\"}"
        .formatted(id(number), its);
  }
}
