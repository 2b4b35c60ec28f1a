package io.messagerelay.consumer.app;

import io.messagerelay.base.Terminal;
import io.messagerelay.consumer.store.CopyProgress;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows on a terminal, on standard error, how far a copy is; elsewhere nothing. */
interface CopyMeter extends CopyProgress, AutoCloseable {
  int REDRAW_MILLIS = 250;
  long MIB = 1 << 20;

  @Override
  default void close() {}

  /**
   * @param task one word for what is done
   */
  static CopyMeter show(String task) {
    return Terminal.isThere() ? bar(task) : (written, all) -> {};
  }

  private static CopyMeter bar(String task) {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setUnit(" MiB", MIB)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(REDRAW_MILLIS)
            .setConsumer(new ConsoleProgressBarConsumer(System.err))
            .clearDisplayOnFinish()
            .build();
    return new CopyMeter() {
      @Override
      public void at(long written, long all) {
        bar.maxHint(all);
        bar.stepTo(written);
      }

      @Override
      public void close() {
        bar.close();
      }
    };
  }
}
