package io.messagerelay.benchmarks.report;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with places like {@code {{name}}}. */
public record Template(String text) {
  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z-]+)}}");

  /** The text with these values in its places; one without a value says that it was left out. */
  public String filled(Map<String, String> values) {
    return PLACE
        .matcher(text)
        .replaceAll(
            place ->
                Matcher.quoteReplacement(
                    values.getOrDefault(place.group(1), "*(left out of this run)*")));
  }
}
