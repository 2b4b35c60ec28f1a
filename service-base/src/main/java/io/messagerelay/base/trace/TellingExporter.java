package io.messagerelay.base.trace;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says at most once a minute that spans are lost, and once that they are taken again. */
final class TellingExporter implements SpanExporter {
  private static final Logger LOG = LoggerFactory.getLogger(TellingExporter.class);
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private final SpanExporter exporter;
  private final String collector;
  private final LongSupplier ticker;

  @GuardedBy("this")
  private @Nullable Long warnedAt;

  @GuardedBy("this")
  private long lost;

  /**
   * @param collector for a person
   * @param ticker monotonic nanoseconds
   */
  TellingExporter(SpanExporter exporter, String collector, LongSupplier ticker) {
    this.exporter = exporter;
    this.collector = collector;
    this.ticker = ticker;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    CompletableResultCode result = exporter.export(spans);
    int count = spans.size();
    result.whenComplete(
        () -> {
          if (result.isSuccess()) {
            taken();
          } else {
            lost(count, result.getFailureThrowable());
          }
        });
    return result;
  }

  private synchronized void taken() {
    if (lost > 0) {
      LOG.info("traces go to {} again; spans lost: {}", collector, lost);
      lost = 0;
      warnedAt = null;
    }
  }

  private synchronized void lost(int spans, @Nullable Throwable cause) {
    lost += spans;
    long now = ticker.getAsLong();
    if (warnedAt == null || now - warnedAt >= SILENCE.toNanos()) {
      LOG.warn(
          "traces are lost, events are not: {} does not take them: {} ({} spans so far)",
          collector,
          reason(cause),
          lost);
      warnedAt = now;
    }
  }

  private static String reason(@Nullable Throwable cause) {
    if (cause == null) {
      return "it answered with an error, or not in time";
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
