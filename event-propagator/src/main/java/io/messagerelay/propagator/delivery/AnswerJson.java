package io.messagerelay.propagator.delivery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a reply says, as far as it concerns us: an answer for one event, a problem (RFC 9457), an
 * item's result, or the results of a batch. What is absent is empty.
 *
 * @param duplicate whether the answer for one event says that it was stored before
 * @param errors {@code /event_type must be a string}, one a fault, at most {@value #MOST_ERRORS}
 * @param detail the problem's detail, or its title
 */
record AnswerJson(
    String eventId,
    String status,
    boolean duplicate,
    List<String> errors,
    String detail,
    List<AnswerJson> results) {
  private static final AnswerJson NOTHING = new AnswerJson("", "", false, List.of(), "", List.of());
  private static final int MOST_ERRORS = 32;
  private static final int TEXT_LENGTH = 300;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(64).build())
          .build();

  /** A body that is not one whole JSON object says nothing. */
  static AnswerJson read(byte[] body) {
    try (JsonParser json = JSON.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return NOTHING;
      }
      AnswerJson answer = new Members(json).read();
      return json.nextToken() == null ? answer : NOTHING;
    } catch (IOException e) {
      return NOTHING;
    }
  }

  /** Why it was refused, for a person; at least one line. */
  List<String> reasons() {
    if (!errors.isEmpty()) {
      return errors;
    }
    return List.of(detail.isEmpty() ? "no reason given" : detail);
  }

  /** The members of the object that the parser stands in. */
  private static final class Members {
    private final JsonParser json;
    private final List<String> errors = new ArrayList<>();
    private final List<AnswerJson> results = new ArrayList<>();
    private String eventId = "";
    private String status = "";
    private String title = "";
    private String detail = "";
    private boolean duplicate;

    Members(JsonParser json) {
      this.json = json;
    }

    AnswerJson read() throws IOException {
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        member(name);
      }
      return new AnswerJson(
          eventId,
          status,
          duplicate,
          List.copyOf(errors),
          detail.isEmpty() ? title : detail,
          List.copyOf(results));
    }

    private void member(String name) throws IOException {
      switch (name) {
        case "event_id" -> eventId = string();
        case "status" -> status = string();
        case "duplicate" -> duplicate = json.currentToken() == JsonToken.VALUE_TRUE;
        case "title" -> title = readable(string());
        case "detail" -> detail = readable(string());
        case "errors" -> errors();
        case "results" -> results();
        default -> json.skipChildren();
      }
    }

    private void errors() throws IOException {
      forEachElement(
          () -> {
            String error = isObject() ? fault() : "";
            if (!error.isEmpty() && errors.size() < MOST_ERRORS) {
              errors.add(error);
            }
          });
    }

    private void results() throws IOException {
      forEachElement(() -> results.add(isObject() ? new Members(json).read() : NOTHING));
    }

    /** An item of {@code errors}: {@code {"pointer": …, "detail": …}}. */
    private String fault() throws IOException {
      String pointer = "";
      String what = "";
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "pointer" -> pointer = string();
          case "detail" -> what = string();
          default -> json.skipChildren();
        }
      }
      return readable(pointer + " " + what);
    }

    private void forEachElement(Element element) throws IOException {
      if (json.currentToken() != JsonToken.START_ARRAY) {
        json.skipChildren();
        return;
      }
      while (json.nextToken() != JsonToken.END_ARRAY) {
        element.read();
        json.skipChildren(); // of an array in place of an object
      }
    }

    private boolean isObject() {
      return json.currentToken() == JsonToken.START_OBJECT;
    }

    /** The string the parser stands on; empty for anything else, which is passed over. */
    private String string() throws IOException {
      String text = json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : "";
      json.skipChildren();
      return text;
    }

    private static String readable(String text) {
      String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
      return line.codePointCount(0, line.length()) <= TEXT_LENGTH
          ? line
          : line.substring(0, line.offsetByCodePoints(0, TEXT_LENGTH)) + "…";
    }
  }

  /** Reads the element that the parser stands on. */
  private interface Element {
    void read() throws IOException;
  }
}
