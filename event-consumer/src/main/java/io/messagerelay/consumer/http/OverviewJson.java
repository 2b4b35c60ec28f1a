package io.messagerelay.consumer.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.messagerelay.consumer.overview.Overview;
import io.messagerelay.consumer.overview.Percentiles;
import io.messagerelay.consumer.overview.PropagatorReport;
import io.messagerelay.consumer.overview.Propagators;
import io.messagerelay.consumer.overview.Sample;
import io.messagerelay.consumer.query.Rfc3339;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the JSON of {@code GET /overview}. */
final class OverviewJson {
  private OverviewJson() {}

  static byte[] of(
      Overview overview,
      List<Propagators.Heard> propagators,
      OverviewResource.Service service,
      Optional<Problem> obstacle) {
    return AnswerJson.bytes(
        json -> {
          json.writeStartObject();
          json.writeStringField("time", Rfc3339.text(overview.time()));
          json.writeStringField("version", service.version());
          json.writeStringField("store", service.store());
          json.writeBooleanField("ready", obstacle.isEmpty());
          json.writeStringField("obstacle", obstacle.map(OverviewJson::words).orElse(null));
          writeNow(json, overview);
          json.writeArrayFieldStart("samples");
          for (Sample sample : overview.samples()) {
            write(json, sample);
          }
          json.writeEndArray();
          json.writeArrayFieldStart("propagators");
          for (Propagators.Heard heard : propagators) {
            write(json, heard);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static String words(Problem problem) {
    return problem.kind().title() + ": " + problem.detail();
  }

  private static void writeNow(JsonGenerator json, Overview overview) throws IOException {
    json.writeObjectFieldStart("queue");
    json.writeNumberField("events", overview.queuedEvents());
    json.writeNumberField("bytes", overview.queuedBytes());
    json.writeEndObject();
    json.writeObjectFieldStart("per_second");
    json.writeNumberField("stored", overview.storedPerSecond());
    json.writeNumberField("refused", overview.refusedPerSecond());
    json.writeEndObject();
    if (overview.commit().isEmpty()) {
      json.writeNullField("commit_seconds");
    } else {
      json.writeObjectFieldStart("commit_seconds");
      write(json, "p50", "p99", overview.commit());
      json.writeEndObject();
    }
  }

  private static void write(JsonGenerator json, Sample sample) throws IOException {
    json.writeStartObject();
    json.writeStringField("time", Rfc3339.text(sample.time()));
    json.writeNumberField("stored", sample.stored());
    json.writeNumberField("refused", sample.refused());
    write(json, "commit_p50", "commit_p99", sample.commit());
    json.writeNumberField("queue", sample.queue());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String p50, String p99, Optional<Percentiles> times)
      throws IOException {
    writeNumber(json, p50, times.map(Percentiles::p50).orElse(null));
    writeNumber(json, p99, times.map(Percentiles::p99).orElse(null));
  }

  private static void write(JsonGenerator json, Propagators.Heard heard) throws IOException {
    PropagatorReport report = heard.report();
    json.writeStartObject();
    json.writeStringField("name", report.name());
    json.writeNumberField("pending", report.pending());
    writeNumber(
        json,
        "age_seconds",
        report.ageSeconds().isPresent() ? report.ageSeconds().getAsDouble() : null);
    json.writeNumberField("dead", report.dead());
    json.writeStringField("seen", Rfc3339.text(heard.seen()));
    json.writeEndObject();
  }

  private static void writeNumber(JsonGenerator json, String name, @Nullable Double value)
      throws IOException {
    if (value == null) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, value);
    }
  }
}
