package io.messagerelay.consumer.retention;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long events are kept. Without any of them, for ever.
 *
 * @param age for types without a rule of their own
 * @param count how many of the events that were stored last are kept, whatever their type and age
 * @param types the rules of types, the longest pattern first
 */
public record RetentionRules(Optional<Duration> age, OptionalLong count, List<TypeRule> types) {
  public static final RetentionRules KEEP_ALL =
      new RetentionRules(Optional.empty(), OptionalLong.empty(), List.of());

  private static final Pattern TYPE_RULE = Pattern.compile("\\s*(\\S[^=,]*?)\\s*=\\s*(\\S+)\\s*");
  private static final Pattern AGE = Pattern.compile("([1-9][0-9]{0,5})([mhd])");

  /**
   * How long events of some types are kept.
   *
   * @param pattern a type, or what types begin with and a {@code *}
   */
  public record TypeRule(String pattern, Duration age) {
    boolean matches(String type) {
      return pattern.endsWith("*")
          ? type.startsWith(pattern.substring(0, pattern.length() - 1))
          : type.equals(pattern);
    }
  }

  public RetentionRules {
    types =
        types.stream()
            .sorted(Comparator.comparingInt((TypeRule rule) -> rule.pattern().length()).reversed())
            .toList();
  }

  /** {@code 45m}, {@code 12h}, {@code 30d}; empty for another text. */
  public static Optional<Duration> age(String text) {
    Matcher age = AGE.matcher(text);
    if (!age.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(age.group(1));
    return Optional.of(
        switch (age.group(2)) {
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        });
  }

  /** {@code debug.*=1d,order.paid=365d}; empty for another text. */
  public static Optional<List<TypeRule>> types(String text) {
    List<TypeRule> rules = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Matcher rule = TYPE_RULE.matcher(part);
      if (!rule.matches()) {
        return Optional.empty();
      }
      Optional<Duration> age = age(rule.group(2));
      boolean again = rules.stream().anyMatch(each -> each.pattern().equals(rule.group(1)));
      if (age.isEmpty() || again) {
        return Optional.empty();
      }
      rules.add(new TypeRule(rule.group(1), age.get()));
    }
    return Optional.of(rules);
  }

  public boolean keepAll() {
    return age.isEmpty() && count.isEmpty() && types.isEmpty();
  }

  /** What decides about a type: the longest pattern that fits it. */
  Optional<TypeRule> of(String type) {
    return types.stream().filter(rule -> rule.matches(type)).findFirst();
  }

  /** The age beyond which an event of any type goes; empty when some are kept for ever. */
  Optional<Duration> longestAge() {
    return age.map(
        each ->
            types.stream().map(TypeRule::age).reduce(each, (a, b) -> a.compareTo(b) > 0 ? a : b));
  }
}
