package io.messagerelay.consumer.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.messagerelay.consumer.stats.StatsPage;
import io.messagerelay.consumer.store.HourCount;
import java.io.IOException;

/** Writes the JSON of counts. */
final class StatsJson {
  private StatsJson() {}

  /** {@code {"since":…,"until":…,"counts":[{"hour":…,"type":…,"stored":…,"removed":…}]}}. */
  static byte[] page(StatsPage page) {
    return AnswerJson.bytes(
        json -> {
          json.writeStartObject();
          json.writeStringField("since", page.since().toString());
          json.writeStringField("until", page.until().toString());
          json.writeArrayFieldStart("counts");
          for (HourCount count : page.counts()) {
            write(json, count);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void write(JsonGenerator json, HourCount count) throws IOException {
    json.writeStartObject();
    json.writeStringField("hour", count.hour().toString());
    if (count.type() == null) {
      json.writeNullField("type");
    } else {
      json.writeStringField("type", count.type());
    }
    json.writeNumberField("stored", count.stored());
    json.writeNumberField("removed", count.removed());
    json.writeEndObject();
  }
}
