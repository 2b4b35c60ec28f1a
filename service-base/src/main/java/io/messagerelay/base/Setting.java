package io.messagerelay.base;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One setting: its name, its form, its default, its meaning. Immutable; written once as a constant
 * and read with {@link Settings}.
 */
public final class Setting<T> {
  private final String name;
  private final Form<T> form;
  private final boolean secret;
  private final @Nullable String defaultText;
  private final String description;

  private Setting(
      String name, Form<T> form, boolean secret, @Nullable String defaultText, String description) {
    this.name = name;
    this.form = form;
    this.secret = secret;
    this.defaultText = defaultText;
    this.description = description;
  }

  private static <T> Setting<T> of(String name, Form<T> form) {
    return new Setting<>(name, form, false, null, "");
  }

  /** Any text that is not empty. */
  public static Setting<String> text(String name) {
    return of(name, Forms.text());
  }

  /** A text that is never shown, and that may stand in the file named by {@code NAME_FILE}. */
  public static Setting<String> secret(String name) {
    return new Setting<>(name, Forms.secret(name), true, null, "");
  }

  /** A whole number from {@code min} to {@code max}, both included. */
  public static Setting<Integer> wholeNumber(String name, int min, int max) {
    return of(name, Forms.wholeNumber("a whole number", min, max));
  }

  /** A TCP port, 1 to 65535. */
  public static Setting<Integer> port(String name) {
    return of(name, Forms.wholeNumber("a port", 1, 65535));
  }

  /** A number of seconds from {@code min} to {@code max}, decimals allowed. */
  public static Setting<Duration> seconds(String name, Duration min, Duration max) {
    return of(name, Forms.duration("seconds", Duration.ofSeconds(1), min, max));
  }

  /** A number of minutes from {@code min} to {@code max}, decimals allowed. */
  public static Setting<Duration> minutes(String name, Duration min, Duration max) {
    return of(name, Forms.duration("minutes", Duration.ofMinutes(1), min, max));
  }

  /** A decimal number from 0 to 1. */
  public static Setting<Double> share(String name) {
    return of(name, Forms.share());
  }

  /** A path, as it is written: a relative one starts at the working directory. */
  public static Setting<Path> path(String name) {
    return of(name, Forms.path());
  }

  /** An absolute http or https URL without account, query or fragment. */
  public static Setting<URI> httpUrl(String name) {
    return of(name, Forms.httpUrl());
  }

  /** A number of bytes from {@code min} to {@code max}: {@code 512MiB}, {@code 1GiB}, plain. */
  public static Setting<Long> bytes(String name, long min, long max) {
    return of(name, Forms.bytes(min, max));
  }

  /** {@code true} or {@code false}, in any case. */
  public static Setting<Boolean> flag(String name) {
    return of(name, Forms.flag());
  }

  /** One of the constants' names, shown in lower case and read in any. */
  public static <E extends Enum<E>> Setting<E> oneOf(String name, Class<E> values) {
    return of(name, Forms.oneOf(values));
  }

  /**
   * The value where none is set, written as a person would.
   *
   * @throws IllegalArgumentException when it is not in this setting's form
   */
  public Setting<T> byDefault(String text) {
    if (form.read(text).isEmpty()) {
      throw new IllegalArgumentException(name + ": default " + text + " is not " + form());
    }
    return new Setting<>(name, form, secret, text, description);
  }

  /** What it does, in a sentence for the table of settings. */
  public Setting<T> means(String text) {
    return new Setting<>(name, form, secret, defaultText, text);
  }

  public String name() {
    return name;
  }

  /** What it is and which values are allowed, for a person: {@code a port: 1 to 65535}. */
  public String form() {
    return form.described();
  }

  /** The default as written; empty when the setting is required or may be absent. */
  public Optional<String> defaultText() {
    return Optional.ofNullable(defaultText);
  }

  public String description() {
    return description;
  }

  public boolean isSecret() {
    return secret;
  }

  Form<T> rule() {
    return form;
  }

  /** A value of the right type for where a problem left none. */
  T standIn() {
    return defaultText().flatMap(form::read).orElse(form.standIn());
  }
}
