package io.messagerelay.propagator.spool;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A dead letter's reasons as they stand in its row: a JSON array of strings. */
final class Reasons {
  private static final JsonFactory JSON = new JsonFactory();

  private Reasons() {}

  static String write(List<String> reasons) {
    var text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(text)) {
      generator.writeArray(reasons.toArray(String[]::new), 0, reasons.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  static List<String> read(String text) {
    var reasons = new ArrayList<String>();
    try (JsonParser parser = JSON.createParser(text)) {
      parser.nextToken();
      for (String reason = parser.nextTextValue();
          reason != null;
          reason = parser.nextTextValue()) {
        reasons.add(reason);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return reasons;
  }
}
