package io.messagerelay.consumer.auth;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The text form of a set of scopes: tokens with one blank between them (RFC 6749 §3.3). */
final class Scopes {
  private static final Pattern FORM =
      Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+( [\\x21\\x23-\\x5B\\x5D-\\x7E]+)*");

  private Scopes() {}

  /** Empty when the text is not of the RFC's form. */
  static Optional<Set<String>> parse(String text) {
    return FORM.matcher(text).matches()
        ? Optional.of(Arrays.stream(text.split(" ", -1)).collect(Collectors.toUnmodifiableSet()))
        : Optional.empty();
  }

  /**
   * What is granted of what is allowed: all of it, or the part that is asked for; empty when more
   * is asked for.
   */
  static Optional<Set<String>> granted(@Nullable String requested, Set<String> allowed) {
    return requested == null ? Optional.of(allowed) : parse(requested).filter(allowed::containsAll);
  }

  /** Sorted, so that the same scopes are always the same text. */
  static String text(Set<String> scopes) {
    return String.join(" ", new TreeSet<>(scopes));
  }
}
