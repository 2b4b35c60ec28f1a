package io.messagerelay.consumer.overview;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * What each propagator said last, for an hour. Beyond {@value #MOST} the one that was not heard of
 * for longest is forgotten. Shared by threads.
 */
public final class Propagators {
  public static final int MOST = 100;
  static final Duration REMEMBERED = Duration.ofHours(1);

  private final Clock clock;

  /** By name; the one heard last is the last one. */
  @GuardedBy("this")
  private final LinkedHashMap<String, Heard> heard = new LinkedHashMap<>();

  /** A report and when it came. */
  public record Heard(PropagatorReport report, Instant seen) {}

  public Propagators(Clock clock) {
    this.clock = clock;
  }

  public synchronized void hear(PropagatorReport report) {
    heard.putLast(report.name(), new Heard(report, clock.instant()));
    if (heard.size() > MOST) {
      heard.pollFirstEntry();
    }
  }

  /** By name. */
  public synchronized List<Heard> all() {
    Instant since = clock.instant().minus(REMEMBERED);
    heard.values().removeIf(each -> each.seen().isBefore(since));
    return heard.values().stream()
        .sorted(Comparator.comparing(each -> each.report().name()))
        .toList();
  }
}
