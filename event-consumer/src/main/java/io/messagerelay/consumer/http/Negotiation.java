package io.messagerelay.consumer.http;

import io.messagerelay.consumer.http.Checked.Bad;
import io.messagerelay.consumer.http.Checked.Good;
import io.messagerelay.contract.Wire;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Whether sender and service understand each other's types (RFC 9110 §8.3, §12.5). */
final class Negotiation {
  private static final String CHARSET = MediaType.CHARSET_PARAMETER;

  private Negotiation() {}

  /** A type and the range of {@code Accept} that counts for it. */
  private record Match(String type, MediaType range) {}

  /** Whether {@code application/json} may be the answer. */
  static Checked<String> acceptsJson(MultiMap headers) {
    return accepts(headers, List.of(Wire.JSON));
  }

  /**
   * The type of the answer: the one that is liked best, then the one that is named most exactly,
   * then the first.
   *
   * @param offered all there are; the first one where nothing is said
   */
  static Checked<String> accepts(MultiMap headers, List<String> offered) {
    String accept = String.join(",", headers.getAll(HttpHeaders.ACCEPT));
    return (accept.isBlank() ? offered.stream().findFirst() : best(ranges(accept), offered))
        .<Checked<String>>map(Good::new)
        .orElseGet(() -> notAcceptable(offered));
  }

  private static Checked<String> notAcceptable(List<String> offered) {
    String detail = "answers are of the type " + String.join(", ", offered);
    return new Bad<>(Problem.of(Problem.Kind.NOT_ACCEPTABLE, detail));
  }

  /** None where any of it is no media range. */
  private static List<MediaType> ranges(String accept) {
    try {
      return Arrays.stream(accept.split(","))
          .filter(range -> !range.isBlank())
          .map(range -> MediaType.valueOf(range.strip()))
          .filter(range -> quality(range) >= 0)
          .toList();
    } catch (IllegalArgumentException notAMediaRange) {
      return List.of();
    }
  }

  private static Optional<String> best(List<MediaType> ranges, List<String> offered) {
    Comparator<Match> order =
        Comparator.comparingDouble((Match match) -> quality(match.range()))
            .thenComparingInt(match -> exactness(match.range()));
    return offered.stream()
        .flatMap(type -> match(type, ranges).stream())
        .filter(match -> quality(match.range()) > 0)
        .reduce((one, other) -> order.compare(one, other) >= 0 ? one : other)
        .map(Match::type);
  }

  /** The most exact range that fits counts. */
  private static Optional<Match> match(String type, List<MediaType> ranges) {
    MediaType media = MediaType.valueOf(type);
    return ranges.stream()
        .filter(media::isCompatible)
        .max(Comparator.comparingInt(Negotiation::exactness))
        .map(range -> new Match(type, range));
  }

  private static int exactness(MediaType range) {
    return (range.isWildcardType() ? 0 : 1) + (range.isWildcardSubtype() ? 0 : 1);
  }

  private static double quality(MediaType range) {
    return Double.parseDouble(range.getParameters().getOrDefault("q", "1"));
  }

  /** The type of a body, one of those known; UTF-8 and not encoded. */
  static Checked<String> bodyType(MultiMap headers, List<String> known) {
    List<String> encodings = headers.getAll(HttpHeaders.CONTENT_ENCODING);
    if (!encodings.stream().allMatch("identity"::equalsIgnoreCase)) {
      return unsupported("a body is not encoded here", "Accept-Encoding", "identity");
    }
    List<String> types = headers.getAll(HttpHeaders.CONTENT_TYPE);
    return known.stream()
        .filter(type -> types.size() == 1 && isOf(types.getFirst(), type))
        .findFirst()
        .<Checked<String>>map(Good::new)
        .orElseGet(() -> unsupported(known));
  }

  /** Whether it is this type and in UTF-8. */
  static boolean isOf(String contentType, String known) {
    try {
      MediaType type = MediaType.valueOf(contentType);
      String name = type.getType() + '/' + type.getSubtype();
      return name.toLowerCase(Locale.ROOT).equals(known) && isUtf8(type.getParameters());
    } catch (IllegalArgumentException notAMediaType) {
      return false;
    }
  }

  private static boolean isUtf8(Map<String, String> parameters) {
    return parameters.getOrDefault(CHARSET, "utf-8").equalsIgnoreCase("utf-8");
  }

  private static Checked<String> unsupported(List<String> known) {
    String types = String.join(", ", known);
    return unsupported("a body here is of the type " + types + " in UTF-8", "Accept", types);
  }

  private static Checked<String> unsupported(String detail, String header, String value) {
    return new Bad<>(Problem.of(Problem.Kind.UNSUPPORTED_MEDIA_TYPE, detail).with(header, value));
  }
}
