package io.messagerelay.base.trace;

import io.messagerelay.base.Version;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Spans by OpenTelemetry's own SDK, over HTTP in protobuf. */
public final class OtlpSpans implements Spans {
  /** Some thousand events a second, for as long as the collector takes a breath. */
  private static final int WAITING = 16_384;

  private static final int A_REQUEST = 1_024;
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

  /** Less than what a service has beyond its drain to close all it has. */
  private static final long CLOSE_SECONDS = 4;

  /**
   * Over within three seconds, so that the end of a short run still says what it could not send.
   */
  private static final RetryPolicy RETRIES =
      RetryPolicy.getDefault().toBuilder().setMaxAttempts(3).build();

  /** It says the same as {@link TellingExporter}, with stack traces. */
  private static final Logger LIBRARY = Logger.getLogger("io.opentelemetry");

  private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
  private static final AttributeKey<String> OPERATION =
      AttributeKey.stringKey("messaging.operation.name");

  private final GivenIds ids = new GivenIds();
  private final Sampler share;
  private final SdkTracerProvider provider;
  private final Tracer tracer;

  private OtlpSpans(SpanExporter exporter, TraceSettings settings) {
    this.share = Sampler.traceIdRatioBased(settings.share());
    this.provider =
        SdkTracerProvider.builder()
            .setIdGenerator(ids)
            .setSampler(Sampler.alwaysOn())
            .setResource(resource(settings))
            .addSpanProcessor(
                BatchSpanProcessor.builder(exporter)
                    .setMaxQueueSize(WAITING)
                    .setMaxExportBatchSize(A_REQUEST)
                    .setScheduleDelay(EVERY)
                    .setExporterTimeout(REQUEST_TIMEOUT)
                    .build())
            .build();
    this.tracer = provider.get("message-relay", Version.number());
  }

  /**
   * Begins to send to the collector. That it is away is said then, not now.
   *
   * @param ticker monotonic nanoseconds
   */
  public static Spans open(TraceSettings settings, LongSupplier ticker) {
    LIBRARY.setLevel(Level.OFF);
    var http =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(settings.endpoint().toString().replaceFirst("/+$", "") + "/v1/traces")
            .setCompression("gzip")
            .setTimeout(REQUEST_TIMEOUT)
            .setRetryPolicy(RETRIES);
    settings.headers().forEach(http::addHeader);
    return new OtlpSpans(
        new TellingExporter(http.build(), settings.endpoint().toString(), ticker), settings);
  }

  private static Resource resource(TraceSettings settings) {
    return Resource.create(
        Attributes.builder()
            .put("service.name", settings.service())
            .put("service.version", Version.number())
            .put("service.namespace", "message-relay")
            .build());
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public boolean records(String traceId, @Nullable Boolean wanted) {
    return wanted == null ? isInShare(traceId) : wanted;
  }

  /** Whoever reckons so with the same share comes to the same end. */
  private boolean isInShare(String traceId) {
    return share
        .shouldSample(Context.root(), traceId, "", SpanKind.INTERNAL, Attributes.empty(), List.of())
        .getDecision()
        .equals(SamplingDecision.RECORD_AND_SAMPLE);
  }

  @Override
  public void add(Span span) {
    SpanBuilder builder =
        tracer
            .spanBuilder(span.part().name().toLowerCase(Locale.ROOT))
            .setSpanKind(kind(span.part()))
            .setParent(parent(span))
            .setStartTimestamp(span.begun())
            .setAttribute(SYSTEM, "message-relay")
            .setAttribute(OPERATION, span.part().name().toLowerCase(Locale.ROOT));
    span.words().forEach((name, text) -> set(builder, name, text));
    span.numbers().forEach(builder::setAttribute);
    var started = ids.with(span.traceId(), span.id(), builder::startSpan);
    if (span.failure() != null) {
      started.setStatus(StatusCode.ERROR, span.failure());
    }
    started.end(span.ended());
  }

  private static void set(SpanBuilder builder, String name, String text) {
    if (!text.isEmpty()) {
      builder.setAttribute(name, text);
    }
  }

  private static Context parent(Span span) {
    return span.parent() == null
        ? Context.root()
        : Context.root()
            .with(
                io.opentelemetry.api.trace.Span.wrap(
                    SpanContext.createFromRemoteParent(
                        span.traceId(),
                        span.parent(),
                        TraceFlags.getSampled(),
                        TraceState.getDefault())));
  }

  private static SpanKind kind(Span.Part part) {
    return switch (part) {
      case RELAY -> SpanKind.PRODUCER;
      case SEND -> SpanKind.CLIENT;
      case STORE -> SpanKind.CONSUMER;
    };
  }

  @Override
  public void close() {
    provider.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
  }
}
