package io.messagerelay.benchmarks.slowing;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.Locale;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A chart of lines over the seconds, in which a span of them is shaded. For one thread. */
final class Panel {
  static final int WIDTH = 900;

  /** Of the palette by Okabe and Ito, which the colour-blind can tell apart too. */
  static final Color MAIN = new Color(0x0072B2);

  static final Color OTHER = new Color(0xD55E00);

  private static final int HEIGHT = 180;
  private static final int TITLE = 25;
  private static final int LEFT = 95;
  private static final int X_STEP = 90;
  private static final int Y_STEP = 40;
  private static final Color SHADE = new Color(0xE9E9E9);
  private static final Color GRID = new Color(0xDDDDDD);
  private static final Color TEXT = new Color(0x333333);
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  private static final BasicStroke LINE =
      new BasicStroke(1.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

  private final XYChart chart;
  private int height = HEIGHT;

  private Panel(XYChart chart) {
    this.chart = chart;
  }

  /**
   * Where the lines are, and what is shaded, in seconds.
   *
   * @param end of all panels
   */
  record Span(double from, double until, double end) {}

  /** The values of a vertical axis; a logarithmic one begins above 0. */
  record Scale(double least, double most, boolean logarithmic) {
    private static final double ROOM = 1.2;

    /** From 0 to a round number, with room for a legend above the lines. */
    static Scale upTo(double most) {
      double unit = Math.pow(10, Math.floor(Math.log10(most))) / 2;
      return new Scale(0, Math.ceil(most * ROOM / unit) * unit, false);
    }

    /** Whole powers of ten. */
    static Scale powers(double least, double most) {
      return new Scale(
          Math.pow(10, Math.floor(Math.log10(least))),
          Math.pow(10, Math.ceil(Math.log10(most))),
          true);
    }
  }

  /** Values at seconds. */
  record Line(double[] seconds, double[] values) {}

  static Panel of(String what, Span span, Scale scale) {
    XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).yAxisTitle(what).build();
    style(chart.getStyler());
    chart
        .getStyler()
        .setYAxisLogarithmic(scale.logarithmic)
        .setYAxisLogarithmicDecadeOnly(true)
        .setYAxisMin(scale.least)
        .setYAxisMax(scale.most)
        .setXAxisMin(0.0)
        .setXAxisMax(span.end);
    double[] seconds = {span.from, span.from, span.until, span.until};
    double[] values = {scale.least, scale.most, scale.most, scale.least};
    XYSeries slow = chart.addSeries("slow", seconds, values);
    slow.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
    slow.setShowInLegend(false);
    slow.setMarker(SeriesMarkers.NONE).setLineColor(SHADE).setFillColor(SHADE);
    return new Panel(chart);
  }

  private static void style(XYStyler styler) {
    styler
        .setChartBackgroundColor(Color.WHITE)
        .setChartFontColor(TEXT)
        .setChartTitleVisible(false)
        .setLegendVisible(false)
        .setLegendPosition(LegendPosition.InsideNE)
        .setLegendLayout(LegendLayout.Horizontal)
        .setLegendFont(FONT)
        .setLegendBorderColor(GRID)
        .setPlotBorderVisible(false)
        .setPlotContentSize(0.99)
        .setAnnotationTextFont(FONT)
        .setAnnotationTextFontColor(TEXT)
        .setYAxisLeftWidthHint(LEFT)
        .setLocale(Locale.ROOT);
    styler
        .setAxisTitleFont(FONT)
        .setAxisTickLabelsFont(FONT)
        .setPlotGridLinesColor(GRID)
        .setPlotGridLinesStroke(new BasicStroke(1))
        .setXAxisTickMarkSpacingHint(X_STEP)
        .setYAxisTickMarkSpacingHint(Y_STEP)
        .setXAxisTitleVisible(false)
        .setXAxisDecimalPattern("0")
        .setYAxisDecimalPattern("#,##0")
        .setPlotMargin(0);
  }

  Panel with(String name, Color color, Line line) {
    XYSeries series = chart.addSeries(name, line.seconds, line.values);
    series.setMarker(SeriesMarkers.NONE).setLineColor(color).setLineStyle(LINE);
    return this;
  }

  Panel legend() {
    chart.getStyler().setLegendVisible(true);
    return this;
  }

  Panel note(String text, double second, double value) {
    chart.addAnnotation(new AnnotationText(text, second, value, false));
    return this;
  }

  Panel under(String axis) {
    chart.setXAxisTitle(axis);
    chart.getStyler().setXAxisTitleVisible(true);
    height += TITLE;
    return this;
  }

  int height() {
    return height;
  }

  void draw(Graphics2D graphics) {
    chart.paint(graphics, WIDTH, height);
  }
}
