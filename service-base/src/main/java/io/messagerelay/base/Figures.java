package io.messagerelay.base;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a command tells a program about one thing: named values in their order. What is not known
 * has no name here. Used by one thread.
 */
public final class Figures {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern UNPRINTABLE = Pattern.compile("\\p{Cntrl}");

  private final Map<String, Object> values = new LinkedHashMap<>();

  public Figures with(String name, long value) {
    values.put(name, value);
    return this;
  }

  public Figures with(String name, boolean value) {
    values.put(name, value);
    return this;
  }

  public Figures with(String name, String value) {
    values.put(name, value);
    return this;
  }

  public Figures with(String name, List<String> value) {
    values.put(name, List.copyOf(value));
    return this;
  }

  /** Nothing where the value is not known. */
  public Figures withKnown(String name, Optional<String> value) {
    value.ifPresent(known -> values.put(name, known));
    return this;
  }

  /** A JSON object on one line. */
  public String json() {
    var text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(text)) {
      generator.writeStartObject();
      for (Map.Entry<String, Object> each : values.entrySet()) {
        generator.writeFieldName(each.getKey());
        write(generator, each.getValue());
      }
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator generator, Object value) throws IOException {
    switch (value) {
      case Long number -> generator.writeNumber(number);
      case Boolean flag -> generator.writeBoolean(flag);
      case List<?> texts -> {
        generator.writeStartArray();
        for (Object text : texts) {
          generator.writeString(text.toString());
        }
        generator.writeEndArray();
      }
      default -> generator.writeString(value.toString());
    }
  }

  /** {@code name=value}, a line each, for a shell; control characters become blanks. */
  public String lines() {
    return values.entrySet().stream()
        .map(
            each ->
                each.getKey()
                    + "="
                    + UNPRINTABLE.matcher(each.getValue().toString()).replaceAll(" "))
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
