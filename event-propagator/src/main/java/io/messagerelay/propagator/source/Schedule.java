package io.messagerelay.propagator.source;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/** When a source picks: at an interval, or at the times of a cron expression. */
public sealed interface Schedule {
  /**
   * Starts to beat.
   *
   * @param clock the time of day, in the zone that counts
   * @param nanoTime monotonic nanoseconds
   */
  Beats begin(Clock clock, LongSupplier nanoTime);

  /** From the first pick on, which is at once. */
  record Every(Duration interval) implements Schedule {
    @Override
    public Beats begin(Clock clock, LongSupplier nanoTime) {
      return new IntervalBeats(interval, nanoTime);
    }
  }

  /**
   * At the times that the expression names, to the minute.
   *
   * @param expression as it is written
   */
  record At(String expression) implements Schedule {
    private static final CronParser PARSER =
        new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    /**
     * @throws IllegalArgumentException for what is no expression of five fields, as crontab knows
     *     them
     */
    public At {
      parsed(expression);
    }

    private static Cron parsed(String expression) {
      return PARSER.parse(expression).validate();
    }

    @Override
    public Beats begin(Clock clock, LongSupplier nanoTime) {
      return new CronBeats(ExecutionTime.forCron(parsed(expression)), clock);
    }
  }
}
