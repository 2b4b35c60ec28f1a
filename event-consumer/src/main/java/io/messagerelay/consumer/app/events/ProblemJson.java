package io.messagerelay.consumer.app.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.messagerelay.base.Visible;
import io.messagerelay.contract.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a refusal for a person: a problem (RFC 9457), or an OAuth error (RFC 6749 §5.2). */
final class ProblemJson {
  private static final JsonFactory JSON = new JsonFactory();

  private ProblemJson() {}

  /** What was refused and why, an error a line; the status alone where the body is no JSON. */
  static String words(int status, byte[] body) {
    try {
      Map<String, String> texts = texts(body);
      List<String> lines = new ArrayList<>();
      lines.add(
          texts.containsKey("title")
              ? texts.get("title") + ": " + texts.getOrDefault(Wire.DETAIL, "")
              : texts.getOrDefault("error_description", "it answers " + status));
      List<String> errors = errors(body);
      if (errors.size() > 1) {
        lines.addAll(errors);
      }
      return String.join(System.lineSeparator(), lines.stream().map(Visible::line).toList());
    } catch (IOException e) {
      return "it answers " + status;
    }
  }

  /** The members of the outermost object that are texts; none where it is no object. */
  static Map<String, String> texts(byte[] object) {
    try {
      return read(object);
    } catch (IOException e) {
      return Map.of();
    }
  }

  private static Map<String, String> read(byte[] object) throws IOException {
    Map<String, String> texts = new HashMap<>();
    try (JsonParser parser = JSON.createParser(object)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (parser.nextToken() == JsonToken.VALUE_STRING) {
          texts.put(name, parser.getText());
        } else {
          parser.skipChildren();
        }
      }
    }
    return texts;
  }

  private static List<String> errors(byte[] problem) throws IOException {
    List<String> details = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(problem)) {
      while (parser.nextToken() != null) {
        boolean inErrors =
            parser.getParsingContext().getParent() != null
                && parser.getParsingContext().getParent().inArray();
        if (inErrors
            && parser.currentToken() == JsonToken.VALUE_STRING
            && Wire.DETAIL.equals(parser.currentName())) {
          details.add(parser.getText());
        }
      }
    }
    return details;
  }
}
