package io.messagerelay.consumer.query;

import io.messagerelay.contract.Event;
import io.messagerelay.contract.Payload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Events and queries that often meet, and sometimes are odd. */
final class RandomEvents {
  private static final List<String> TYPES =
      List.of(
          "order",
          "order.paid",
          "order.paid.late",
          "order.made",
          "order x",
          "Order.paid",
          "orders",
          "user.\uD83D\uDE80",
          "user.\uFFFD",
          "u",
          "\u00e9.a",
          "e\u0301.a",
          "a*",
          "%",
          "_");

  /** Not of the wire, but of a table that was copied. */
  private static final List<String> COPIED_TYPES =
      List.of("", " ", "order ", "order\u0001", "order.\n", "order. ", "user.\t.x");

  private static final List<String> PREFIXES =
      List.of("order.", "order", "user.", "u", "o", "none.", "many.", "many.1", "order. ", "");

  private static final List<String> KEYS = List.of("k", "K", "k1", "\u00e9", "none");
  private static final List<String> TEXTS = List.of("a", "A\"", "1", "\u0000", "\u00c9", "none");

  private final RandomGenerator random;

  RandomEvents(RandomGenerator random) {
    this.random = random;
  }

  Event event(int number) {
    boolean json = random.nextBoolean();
    String text =
        json ? object(3) : oneOf(List.of("", "a", "{", "\u0000\u00e9", "[1,2]", "x".repeat(50)));
    Payload.Kind kind = json && random.nextBoolean() ? Payload.Kind.JSON : Payload.Kind.STRING;
    String key = random.nextInt(3) == 0 ? oneOf(KEYS) : null;
    return new Event("e-" + number, type(), new Payload(kind, text), key, null);
  }

  private String type() {
    return switch (random.nextInt(8)) {
      case 0 -> "many." + random.nextInt(80);
      case 1 -> oneOf(COPIED_TYPES);
      default -> oneOf(TYPES);
    };
  }

  /** Parameters; times are seconds of this minute. */
  Map<String, List<String>> parameters(String minute) {
    Map<String, List<String>> parameters = new HashMap<>();
    parameters.put("limit", List.of(String.valueOf(1 + random.nextInt(60))));
    sometimes(parameters, "order", 2, "desc");
    sometimes(parameters, "since", 3, second(minute));
    sometimes(parameters, "until", 3, second(minute));
    sometimes(parameters, "key", 4, oneOf(KEYS));
    sometimes(parameters, "q", 4, oneOf(TEXTS));
    sometimes(parameters, "payload", 4, object(2));
    if (random.nextBoolean()) {
      parameters.put(
          "type", IntStream.rangeClosed(0, random.nextInt(4)).mapToObj(_ -> asked()).toList());
    }
    return parameters;
  }

  private String asked() {
    return switch (random.nextInt(5)) {
      case 0 -> oneOf(COPIED_TYPES.subList(1, COPIED_TYPES.size()));
      case 1, 2 -> oneOf(TYPES.subList(0, 12));
      default -> oneOf(PREFIXES) + "*";
    };
  }

  private String second(String minute) {
    return "%s:%02d.500Z".formatted(minute, random.nextInt(60));
  }

  private void sometimes(
      Map<String, List<String>> parameters, String name, int oneIn, String value) {
    if (random.nextInt(oneIn) == 0) {
      parameters.put(name, List.of(value));
    }
  }

  private String object(int depth) {
    List<String> names = new ArrayList<>(List.of("a", "b", "c"));
    names.removeIf(_ -> random.nextInt(3) > 0);
    return names.stream()
        .map(name -> "\"" + name + "\":" + value(depth - 1))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private String value(int depth) {
    return switch (random.nextInt(depth > 0 ? 4 : 2)) {
      case 0 -> oneOf(List.of("1", "1.0", "10e-1", "0", "-0", "null", "true", "{}", "[]"));
      case 1 -> oneOf(List.of("\"a\"", "\"A\"", "\"\\u0061\"", "\"\u00e9\"", "\"\""));
      case 2 -> object(depth);
      default ->
          IntStream.range(0, random.nextInt(3))
              .mapToObj(_ -> value(depth - 1))
              .collect(Collectors.joining(",", "[", "]"));
    };
  }

  private <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
