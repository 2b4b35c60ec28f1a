package io.messagerelay.consumer.app.client;

import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows how far an export is. The part done is that of the places, whatever a filter leaves out.
 */
interface ExportMeter extends AutoCloseable {
  ExportMeter NONE = (place, last, events) -> {};
  int REDRAW_MILLIS = 250;

  /**
   * @param place of the event that was written last
   * @param last of all
   */
  void at(long place, long last, long events);

  @Override
  default void close() {}

  /** On a terminal, on standard error; without colour, and so the same with NO_COLOR. */
  static ExportMeter bar() {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("export")
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(REDRAW_MILLIS)
            .setConsumer(new ConsoleProgressBarConsumer(System.err))
            .clearDisplayOnFinish()
            .build();
    return new ExportMeter() {
      @Override
      public void at(long place, long last, long events) {
        bar.maxHint(last);
        bar.stepTo(place);
        bar.setExtraMessage(String.format(Locale.ROOT, " %,d events", events));
      }

      @Override
      public void close() {
        bar.close();
      }
    };
  }
}
