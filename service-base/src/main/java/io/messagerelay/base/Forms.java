package io.messagerelay.base;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The forms a setting can have. */
final class Forms {
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
  private static final int DECIMALS = 9;
  private static final Pattern DECIMAL =
      Pattern.compile("[0-9]{1,12}(\\.[0-9]{1," + DECIMALS + "})?");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,18}) ?(KiB|MiB|GiB|TiB)?");
  private static final List<String> UNITS = List.of("", "KiB", "MiB", "GiB", "TiB");

  private Forms() {}

  static Form<String> text() {
    return new Form<>("any text", "any text", "any text", Optional::of, "");
  }

  static Form<String> secret(String name) {
    return new Form<>(
        "a secret",
        "any text, or its file in " + name + "_FILE",
        "a secret, or in the file that " + name + "_FILE names",
        Optional::of,
        "");
  }

  static Form<Integer> wholeNumber(String noun, int min, int max) {
    return new Form<>(
        noun,
        min + " to " + max,
        text ->
            Optional.of(text)
                .filter(WHOLE.asMatchPredicate())
                .map(Long::valueOf)
                .filter(n -> n >= min && n <= max)
                .map(Long::intValue),
        min);
  }

  /** A part of a whole, as a decimal number. */
  static Form<Double> share() {
    return new Form<>(
        "a share",
        "0 to 1",
        text ->
            Optional.of(text)
                .filter(DECIMAL.asMatchPredicate())
                .map(Double::valueOf)
                .filter(share -> share <= 1),
        0.0);
  }

  /** A decimal count of {@code unit}. */
  static Form<Duration> duration(String units, Duration unit, Duration min, Duration max) {
    return new Form<>(
        "a number of " + units,
        count(min, unit, RoundingMode.CEILING) + " to " + count(max, unit, RoundingMode.FLOOR),
        text ->
            Optional.of(text)
                .filter(DECIMAL.asMatchPredicate())
                .map(number -> times(new BigDecimal(number), unit))
                .filter(d -> d.compareTo(min) >= 0 && d.compareTo(max) <= 0),
        min);
  }

  /** A bound as it can be written; one between two such counts is moved into the range. */
  private static String count(Duration duration, Duration unit, RoundingMode towardsRange) {
    return seconds(duration)
        .divide(seconds(unit), DECIMALS, towardsRange)
        .stripTrailingZeros()
        .toPlainString();
  }

  private static Duration times(BigDecimal count, Duration unit) {
    BigDecimal seconds = count.multiply(seconds(unit));
    return Duration.ofSeconds(
        seconds.longValue(), seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
  }

  private static BigDecimal seconds(Duration duration) {
    return BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
  }

  static Form<Path> path() {
    return new Form<>("a path", "a path", "a path", Forms::readPath, Path.of(""));
  }

  private static Optional<Path> readPath(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException notAPath) {
      return Optional.empty();
    }
  }

  static Form<URI> httpUrl() {
    return new Form<>(
        "a URL",
        "http:// or https://, a host, and a port and path if needed",
        Forms::readHttpUrl,
        URI.create("http://localhost"));
  }

  private static Optional<URI> readHttpUrl(String text) {
    try {
      return Optional.of(new URI(text)).filter(Forms::isHttp);
    } catch (URISyntaxException notAUrl) {
      return Optional.empty();
    }
  }

  /**
   * No account, query or fragment: those are settings of their own, or mean nothing to a server.
   */
  private static boolean isHttp(URI uri) {
    return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
        && uri.getHost() != null
        && uri.getPort() != 0
        && uri.getPort() <= 65535
        && uri.getRawUserInfo() == null
        && uri.getRawQuery() == null
        && uri.getRawFragment() == null;
  }

  static Form<Long> bytes(long min, long max) {
    return new Form<>(
        "a size",
        size(min) + " to " + size(max) + ", as 512MiB, 1GiB or a number of bytes",
        text -> readBytes(text, min, max),
        min);
  }

  private static Optional<Long> readBytes(String text, long min, long max) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      return Optional.empty();
    }
    String unit = Optional.ofNullable(size.group(2)).orElse("");
    BigInteger bytes = new BigInteger(size.group(1)).shiftLeft(10 * UNITS.indexOf(unit));
    return Optional.of(bytes)
        .filter(n -> n.compareTo(BigInteger.valueOf(min)) >= 0)
        .filter(n -> n.compareTo(BigInteger.valueOf(max)) <= 0)
        .map(BigInteger::longValueExact);
  }

  private static String size(long bytes) {
    int unit = bytes == 0 ? 0 : Math.min(Long.numberOfTrailingZeros(bytes) / 10, UNITS.size() - 1);
    return (bytes >> (10 * unit)) + UNITS.get(unit);
  }

  static Form<Boolean> flag() {
    return new Form<>(
        "a switch",
        "true or false",
        "true or false",
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true" -> Optional.of(true);
              case "false" -> Optional.of(false);
              default -> Optional.empty();
            },
        false);
  }

  static <E extends Enum<E>> Form<E> oneOf(Class<E> type) {
    List<E> values = List.of(type.getEnumConstants());
    return new Form<>(
        "one of them",
        listed(values),
        listed(values),
        text -> values.stream().filter(v -> v.name().equalsIgnoreCase(text)).findFirst(),
        values.getFirst());
  }

  private static String listed(List<? extends Enum<?>> values) {
    List<String> names = values.stream().map(v -> v.name().toLowerCase(Locale.ROOT)).toList();
    String last = names.getLast();
    return names.size() == 1
        ? last
        : String.join(", ", names.subList(0, names.size() - 1)) + " or " + last;
  }
}
