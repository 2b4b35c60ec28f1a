package io.messagerelay.benchmarks.slowing;

import io.messagerelay.benchmarks.report.Effort;
import io.messagerelay.benchmarks.report.Table;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** A course in its phases: before, slow, and after; and what the report tells of them. */
public final class Phases {
  private static final int MOST_EVENTS = 1_000;
  private static final double PART = 0.1;
  private static final double MEAN_SECONDS = 2;
  private static final double NANOS_PER_MILLI = 1e6;

  private final Course course;
  private final Effort.Slowing effort;

  Phases(Course course, Effort.Slowing effort) {
    this.course = course;
    this.effort = effort;
  }

  Course course() {
    return course;
  }

  double slowFrom() {
    return effort.before().toSeconds();
  }

  double slowUntil() {
    return slowFrom() + effort.slow().toSeconds();
  }

  double offeredUntil() {
    return slowUntil() + effort.after().toSeconds();
  }

  static double fullRate() {
    return Slowing.CAPACITY.perSecond(MOST_EVENTS);
  }

  static double slowRate() {
    return fullRate() / Slowing.FACTOR;
  }

  /** The compilers of both JVMs are at work in the first half. */
  private Course before() {
    return course.between(slowFrom() / 2, slowFrom());
  }

  /** As many events as wait now and then when nothing is slow are no backlog. */
  private OptionalDouble gone() {
    return course.untilWaiting(slowUntil(), before().mostWaiting());
  }

  /** By the names of the template's places. */
  public Map<String, String> values() {
    Map<String, String> values = new HashMap<>();
    values.put("slowing-workers", Integer.toString(Slowing.CAPACITY.workers()));
    values.put("slowing-request", Long.toString(Slowing.CAPACITY.request().toMillis()));
    values.put(
        "slowing-event",
        String.format(
            Locale.ROOT, "%.2f", (double) Slowing.CAPACITY.event().toNanos() / NANOS_PER_MILLI));
    values.put("slowing-full", whole(fullRate()));
    values.put("slowing-slow", whole(slowRate()));
    values.put("slowing-offered", whole(Slowing.OFFERED));
    values.put("slowing-from", whole(slowFrom()));
    values.put("slowing-until", whole(slowUntil()));
    values.put("slowing-end", whole(offeredUntil()));
    values.put("slowing-again", whole(course.sum(Sample::again)));
    values.put("slowing-phases", phases());
    values.put("slowing-times", times());
    return values;
  }

  /** An SVG picture. The machine must have a font. */
  public String plot() throws IOException {
    return new Plot(this).svg();
  }

  private String phases() {
    var table =
        new Table(
            "time",
            "offered/s",
            "delivered/s",
            "events a request",
            "in flight",
            "p50, ms",
            "p99, ms",
            "most waiting");
    double end = slowUntil() + gone().orElse(offeredUntil() - slowUntil());
    add(table, "before", before());
    add(table, "slow", course.between(slowFrom(), slowUntil()));
    add(table, "at full speed, with a backlog", course.between(slowUntil(), end));
    add(table, "without one", course.between(end, offeredUntil()));
    return table.markdown();
  }

  private static void add(Table table, String time, Course part) {
    if (part.isEmpty()) {
      return;
    }
    table.row(
        time,
        whole(part.rate(Sample::offered)),
        whole(part.rate(Sample::delivered)),
        whole(part.sum(Sample::delivered) / Math.max(1, part.requests())),
        String.format(Locale.ROOT, "%.1f", part.inFlight()),
        whole(part.latencyMillis(50)),
        whole(part.latencyMillis(99)),
        whole(part.mostWaiting()));
  }

  private String times() {
    var table = new Table("from", "until", "s");
    table.row(
        "it slows down",
        "it is sent what it can do then",
        seconds(course.untilRate(slowFrom(), slowRate(), PART, MEAN_SECONDS)));
    table.row(
        "its full speed is back",
        "it is sent what it can do then",
        seconds(course.untilRate(slowUntil(), fullRate(), PART, MEAN_SECONDS)));
    table.row("its full speed is back", "the backlog is gone", seconds(gone()));
    return table.markdown();
  }

  private static String seconds(OptionalDouble seconds) {
    return seconds.isPresent()
        ? String.format(Locale.ROOT, "%.1f", seconds.getAsDouble())
        : "never";
  }

  private static String whole(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }
}
