package io.messagerelay.consumer.log;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Changes how much this process logs, for a while: each change goes back by itself, so that nobody
 * has to remember it. A change and its end have a line at every level. Only of our own categories,
 * which log no payload, no token and no password at any level; those of libraries may. Shared by
 * threads.
 */
public final class LogLevels {
  public static final Duration LONGEST = Duration.ofDays(1);

  /** Categories that are changed at once. */
  public static final int MOST = 20;

  private static final Pattern OURS = Pattern.compile("io\\.messagerelay(\\.\\w+){0,10}");
  private static final int LONGEST_CATEGORY = 200;
  private static final Logger LOG = LoggerFactory.getLogger(LogLevels.class);

  /** Who tells of a change and of its end; they do so whatever the level is. */
  private static final List<java.util.logging.Logger> TELLING =
      Stream.of("io.messagerelay.consumer.http.LogLevelResource", LogLevels.class.getName())
          .map(java.util.logging.Logger::getLogger)
          .toList();

  private final Clock clock;

  @GuardedBy("this")
  private final Map<String, Changed> changed = new TreeMap<>();

  /** A level that holds until then. */
  public record Change(String category, Level level, Instant until) {}

  /**
   * @param logger held here, or its level would be forgotten with it
   * @param before {@code null} for that of the category above
   */
  private record Changed(
      java.util.logging.Logger logger, java.util.logging.@Nullable Level before, Change change) {}

  public LogLevels(Clock clock) {
    this.clock = clock;
  }

  /** Whether this is a category that can be changed. */
  public static boolean isOurs(String category) {
    return category.length() <= LONGEST_CATEGORY && OURS.matcher(category).matches();
  }

  /**
   * Sets a level; one that was set before ends with it.
   *
   * @param category one of ours, the ones below it that have none of their own included
   * @param length up to {@link #LONGEST}
   * @return false when {@link #MOST} others are changed, and then nothing happens
   */
  public synchronized boolean change(String category, Level level, Duration length) {
    Changed earlier = changed.get(category);
    if (earlier == null && changed.size() >= MOST) {
      return false;
    }
    var logger = java.util.logging.Logger.getLogger(category);
    var before = earlier == null ? logger.getLevel() : earlier.before();
    var change = new Change(category, level, clock.instant().plus(length));
    changed.put(category, new Changed(logger, before, change));
    logger.setLevel(inJdksWords(level));
    TELLING.forEach(telling -> telling.setLevel(java.util.logging.Level.INFO));
    return true;
  }

  /** What is changed now, by category. */
  public synchronized List<Change> all() {
    return changed.values().stream().map(Changed::change).toList();
  }

  /** Takes back what has lasted long enough. Called about once a second. */
  public synchronized void tick() {
    Instant now = clock.instant();
    for (Changed each : new ArrayList<>(changed.values())) {
      if (!each.change().until().isAfter(now)) {
        String category = each.change().category();
        each.logger().setLevel(each.before());
        changed.remove(category);
        LOG.info("the log level of {} is what it was before", category);
      }
    }
  }

  private static java.util.logging.Level inJdksWords(Level level) {
    return switch (level) {
      case ERROR -> java.util.logging.Level.SEVERE;
      case WARN -> java.util.logging.Level.WARNING;
      case INFO -> java.util.logging.Level.INFO;
      case DEBUG -> java.util.logging.Level.FINE;
      case TRACE -> java.util.logging.Level.FINER;
    };
  }
}
