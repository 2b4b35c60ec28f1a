package io.messagerelay.consumer.app;

import io.messagerelay.base.Terminal;
import io.messagerelay.consumer.app.events.Meter;
import io.messagerelay.consumer.store.CopyProgress;
import me.tongfei.progressbar.ProgressBar;

/** Shows on a terminal, on standard error, how far a copy is; elsewhere nothing. */
interface CopyMeter extends CopyProgress, AutoCloseable {
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
    ProgressBar bar = Meter.barOf(task).setUnit(" MiB", MIB).build();
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
