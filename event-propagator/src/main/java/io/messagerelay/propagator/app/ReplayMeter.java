package io.messagerelay.propagator.app;

import io.messagerelay.propagator.spool.Books;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows how far a replay is while it runs: a bar on a terminal, a log line every ten seconds
 * elsewhere. How many items there are is not known before they are read, so the part done is that
 * of the files' bytes.
 */
sealed interface ReplayMeter extends Consumer<Books> {

  /** Takes the bar away; may be called again. */
  void finish();

  /** What both forms say. */
  final class Figures {
    private final LongSupplier nanoTime;
    private final long begin;
    private long atBegin = -1;

    Figures(LongSupplier nanoTime) {
      this.nanoTime = nanoTime;
      this.begin = nanoTime.getAsLong();
    }

    String of(Books books) {
      long done = books.taken() - books.pending();
      if (atBegin < 0) {
        atBegin = done;
      }
      double seconds = (nanoTime.getAsLong() - begin) / 1e9;
      return String.format(
          Locale.ROOT,
          "%,d done, %,.0f/s, %,d dead letters",
          done,
          seconds > 0 ? (done - atBegin) / seconds : 0,
          books.dead());
    }
  }

  /** On a terminal, on standard error; without colour, and so the same with NO_COLOR. */
  record Bar(ProgressBar bar, LongSupplier rawBytes, Figures figures) implements ReplayMeter {
    private static final int REDRAW_MILLIS = 250;
    private static final long MIB = 1 << 20;

    /**
     * @param task one word for what is done
     * @param bytes of all files; negative when that is not known
     */
    static ProgressBar show(String task, long bytes) {
      return new ProgressBarBuilder()
          .setTaskName(task)
          .setInitialMax(bytes)
          .setUnit(" MiB", MIB)
          .setStyle(ProgressBarStyle.ASCII)
          .setUpdateIntervalMillis(REDRAW_MILLIS)
          .setConsumer(new ConsoleProgressBarConsumer(System.err))
          .clearDisplayOnFinish()
          .build();
    }

    @Override
    public void accept(Books books) {
      bar.stepTo(rawBytes.getAsLong());
      bar.setExtraMessage(" " + figures.of(books));
    }

    @Override
    public void finish() {
      bar.close();
    }
  }

  /** Where nobody looks at once. */
  final class Lines implements ReplayMeter {
    private static final Logger LOG = LoggerFactory.getLogger(ReplayMeter.class);
    private static final long EVERY = Duration.ofSeconds(10).toNanos();

    private final LongSupplier rawBytes;
    private final long bytes;
    private final LongSupplier nanoTime;
    private final Figures figures;
    private long next;

    /**
     * @param bytes of all files; negative when that is not known
     */
    Lines(LongSupplier rawBytes, long bytes, LongSupplier nanoTime) {
      this.rawBytes = rawBytes;
      this.bytes = bytes;
      this.nanoTime = nanoTime;
      this.figures = new Figures(nanoTime);
      this.next = nanoTime.getAsLong() + EVERY;
    }

    @Override
    public void accept(Books books) {
      String now = figures.of(books);
      if (nanoTime.getAsLong() - next >= 0) {
        next += EVERY;
        LOG.info("{}{}", now, part());
      }
    }

    private String part() {
      return bytes > 0 ? "; %d %% is read".formatted(100 * rawBytes.getAsLong() / bytes) : "";
    }

    @Override
    public void finish() {
      // There is nothing to take back.
    }
  }
}
