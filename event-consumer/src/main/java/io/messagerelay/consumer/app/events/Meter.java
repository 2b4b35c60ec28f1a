package io.messagerelay.consumer.app.events;

import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how far a long command is. */
interface Meter extends AutoCloseable {
  Meter NONE = (done, all, events) -> {};
  int REDRAW_MILLIS = 250;

  /**
   * @param done of {@code all}, in whatever the command counts
   */
  void at(long done, long all, long events);

  @Override
  default void close() {}

  /** On a terminal, on standard error; without colour, and so the same with NO_COLOR. */
  static Meter bar(String task) {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(REDRAW_MILLIS)
            .setConsumer(new ConsoleProgressBarConsumer(System.err))
            .clearDisplayOnFinish()
            .build();
    return new Meter() {
      @Override
      public void at(long done, long all, long events) {
        bar.maxHint(all);
        bar.stepTo(done);
        bar.setExtraMessage(String.format(Locale.ROOT, " %,d events", events));
      }

      @Override
      public void close() {
        bar.close();
      }
    };
  }
}
