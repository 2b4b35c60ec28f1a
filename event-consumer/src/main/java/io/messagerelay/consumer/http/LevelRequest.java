package io.messagerelay.consumer.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.messagerelay.consumer.http.Checked.Bad;
import io.messagerelay.consumer.http.Checked.Good;
import io.messagerelay.consumer.log.LogLevels;
import io.messagerelay.consumer.query.Span;
import io.messagerelay.contract.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.event.Level;

/**
 * The body of {@code PUT /log-level}: {@code {"category":"io.messagerelay","level":"DEBUG",
 * "for":"10m"}}.
 *
 * @param length ten minutes where it is not said
 */
record LevelRequest(String category, Level level, Duration length) {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final Set<String> KNOWN = Set.of("category", "level", "for");

  static Checked<LevelRequest> read(byte[] body) {
    Map<String, String> members = new HashMap<>();
    try (JsonParser json = JSON.createParser(body)) {
      if (!readInto(members, json)) {
        return bad(
            List.of(new Fault("", "must be an object of the strings category, level and for")));
      }
    } catch (IOException notJson) {
      return bad(List.of(new Fault("", "must be JSON without repeated members")));
    }
    return of(members);
  }

  private static boolean readInto(Map<String, String> members, JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      return false;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      if (!KNOWN.contains(name) || json.nextToken() != JsonToken.VALUE_STRING) {
        return false;
      }
      members.put(name, json.getText());
    }
    return json.nextToken() == null;
  }

  private static Checked<LevelRequest> of(Map<String, String> members) {
    String category = members.getOrDefault("category", "");
    Optional<Level> level = level(members.getOrDefault("level", ""));
    Optional<Duration> length =
        Span.of(members.getOrDefault("for", "10m"))
            .filter(span -> span.isPositive() && span.compareTo(LogLevels.LONGEST) <= 0);
    List<Fault> faults = new ArrayList<>();
    if (!LogLevels.isOurs(category)) {
      faults.add(new Fault("/category", "must be io.messagerelay or a category below it"));
    }
    if (level.isEmpty()) {
      faults.add(new Fault("/level", "must be ERROR, WARN, INFO, DEBUG or TRACE"));
    }
    if (length.isEmpty()) {
      faults.add(new Fault("/for", "must be 1s to 24h, as 90s, 10m or 2h"));
    }
    return faults.isEmpty()
        ? new Good<>(new LevelRequest(category, level.orElseThrow(), length.orElseThrow()))
        : bad(faults);
  }

  private static Optional<Level> level(String word) {
    try {
      return Optional.of(Level.valueOf(word.toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  private static Checked<LevelRequest> bad(List<Fault> faults) {
    return new Bad<>(
        Problem.of(Problem.Kind.INVALID_REQUEST, "each error says where and what", faults));
  }
}
