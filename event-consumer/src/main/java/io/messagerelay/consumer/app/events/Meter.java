package io.messagerelay.consumer.app.events;

import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how far a long command is. Used by one thread. */
public interface Meter extends AutoCloseable {
  Meter NONE = (done, all, events) -> {};
  int REDRAW_MILLIS = 250;

  /**
   * @param done of {@code all}, in whatever the command counts
   */
  void at(long done, long all, long events);

  @Override
  default void close() {}

  /** On a terminal, on standard error; without colour, and so the same with NO_COLOR. */
  static ProgressBarBuilder barOf(String task) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(REDRAW_MILLIS)
        .setConsumer(new ConsoleProgressBarConsumer(System.err))
        .clearDisplayOnFinish();
  }

  /** As {@link #barOf}, which tells the events, too. */
  static Meter bar(String task) {
    ProgressBar bar = barOf(task).build();
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
