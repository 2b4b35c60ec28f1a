package io.messagerelay.benchmarks.slowing;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import io.messagerelay.benchmarks.slowing.Panel.Line;
import io.messagerelay.benchmarks.slowing.Panel.Scale;
import io.messagerelay.benchmarks.slowing.Panel.Span;
import java.awt.geom.AffineTransform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/**
 * Draws a course: panels over one time, one below the other. Rates are drawn by two seconds,
 * because a slow receiver answers for a thousand events at once, all else by one. The machine must
 * have a font.
 */
final class Plot {
  private static final int RATE_SECONDS = 2;
  private static final Pattern DIGITS = Pattern.compile("(\\.\\d\\d)\\d+");

  private final Course course;
  private final Span span;

  Plot(Phases phases) {
    this.course = phases.course();
    this.span = new Span(phases.slowFrom(), phases.slowUntil(), Math.ceil(course.end()));
  }

  /** The text of the picture; a hundredth of a pixel is fine enough. */
  String svg() throws IOException {
    var graphics = new VectorGraphics2D();
    int top = 0;
    for (Panel panel : List.of(rates(), waiting(), inFlight(), latency())) {
      graphics.setTransform(AffineTransform.getTranslateInstance(0, top));
      panel.draw(graphics);
      top += panel.height();
    }
    var bytes = new ByteArrayOutputStream();
    new SVGProcessor()
        .getDocument(graphics.getCommands(), new PageSize(0, 0, Panel.WIDTH, top))
        .writeTo(bytes);
    return DIGITS.matcher(bytes.toString(UTF_8)).replaceAll("$1");
  }

  private Panel rates() {
    Line offered = line(RATE_SECONDS, part -> part.rate(Sample::offered));
    Line delivered = line(RATE_SECONDS, part -> part.rate(Sample::delivered));
    Scale scale = Scale.upTo(Math.max(most(offered), most(delivered)));
    return Panel.of("events/s", span, scale)
        .with("offered", Panel.OTHER, offered)
        .with("delivered", Panel.MAIN, delivered)
        .legend()
        .note("five times slower", (span.from() + span.until()) / 2, scale.most() * 0.9);
  }

  private Panel waiting() {
    Line waiting = line(1, Course::mostWaiting);
    return Panel.of("events waiting", span, Scale.upTo(most(waiting)))
        .with("waiting", Panel.MAIN, waiting);
  }

  private Panel inFlight() {
    Line inFlight = line(1, Course::inFlight);
    return Panel.of("requests in flight", span, Scale.upTo(most(inFlight)))
        .with("in flight", Panel.MAIN, inFlight);
  }

  private Panel latency() {
    Line median = line(1, part -> part.latencyMillis(50));
    Line high = line(1, part -> part.latencyMillis(99));
    Scale scale = Scale.powers(Arrays.stream(median.values()).min().orElse(1), most(high));
    return Panel.of("latency, ms", span, scale)
        .with("p99", Panel.OTHER, high)
        .with("median", Panel.MAIN, median)
        .legend()
        .under("seconds");
  }

  private static double most(Line line) {
    return Math.max(1, Arrays.stream(line.values()).max().orElse(1));
  }

  /** What is not a number has no point: nothing was answered in that time. */
  private Line line(int seconds, ToDoubleFunction<Course> what) {
    List<Course> parts =
        course.every(seconds).stream()
            .filter(part -> !Double.isNaN(what.applyAsDouble(part)))
            .toList();
    return new Line(
        parts.stream().mapToDouble(Course::middle).toArray(),
        parts.stream().mapToDouble(what).toArray());
  }
}
