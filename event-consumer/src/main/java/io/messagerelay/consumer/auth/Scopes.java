package io.messagerelay.consumer.auth;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text form of a set of scopes: tokens with one blank between them (RFC 6749 §3.3). */
public final class Scopes {
  /**
   * What events are erased and log levels changed with. A token has it only when its login names
   * it.
   */
  private static final String ADMIN = "events:admin";

  private static final Set<String> KNOWN = Set.of("events:read", "events:write", ADMIN);
  private static final Pattern FORM =
      Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+( [\\x21\\x23-\\x5B\\x5D-\\x7E]+)*");

  private Scopes() {}

  /** Empty when the text is not of the RFC's form. */
  static Optional<Set<String>> parse(String text) {
    return FORM.matcher(text).matches()
        ? Optional.of(Arrays.stream(text.split(" ", -1)).collect(toUnmodifiableSet()))
        : Optional.empty();
  }

  /** Scopes that there are; empty when the text names another, or is not of the RFC's form. */
  public static Optional<Set<String>> known(String text) {
    return parse(text).filter(KNOWN::containsAll);
  }

  /**
   * What a login is granted: what it asks for, if that is allowed; when it asks for nothing, what
   * is allowed but for {@value #ADMIN}. So a program that knows nothing of scopes, as
   * event-propagator, holds no token that erases.
   */
  static Optional<Set<String>> grantedAtLogin(@Nullable String requested, Set<String> allowed) {
    return requested == null
        ? Optional.of(allowed.stream().filter(s -> !s.equals(ADMIN)).collect(toUnmodifiableSet()))
        : granted(requested, allowed);
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
