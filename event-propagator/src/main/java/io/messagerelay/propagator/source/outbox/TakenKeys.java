package io.messagerelay.propagator.source.outbox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.messagerelay.propagator.source.SourceException;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the rows that a poll gave, as the progress that the spool keeps with their events.
 * The next poll settles these rows.
 *
 * <pre>
 *   [1,"4711","4712"]     the form's version, the keys
 * </pre>
 */
final class TakenKeys {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int VERSION = 1;

  private TakenKeys() {}

  static String write(List<String> keys) {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartArray();
      json.writeNumber(VERSION);
      for (String key : keys) {
        json.writeString(key);
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new IllegalStateException("memory can always be written to", e);
    }
    return text.toString();
  }

  /**
   * @param progress {@code null} for none
   * @throws SourceException when it is of another form, as a newer program may write
   */
  static List<String> read(@Nullable String progress) throws SourceException {
    if (progress == null) {
      return List.of();
    }
    try (JsonParser json = JSON.createParser(progress)) {
      if (json.nextToken() == JsonToken.START_ARRAY && json.nextIntValue(0) == VERSION) {
        return strings(json);
      }
    } catch (IOException ofAnotherForm) {
      throw unknown();
    }
    throw unknown();
  }

  private static List<String> strings(JsonParser json) throws IOException {
    List<String> keys = new ArrayList<>();
    for (String key = json.nextTextValue(); key != null; key = json.nextTextValue()) {
      keys.add(key);
    }
    return keys;
  }

  private static SourceException unknown() {
    return new SourceException(
        "the progress in the spool is of a form that this version does not know; run the version"
            + " that wrote it");
  }
}
