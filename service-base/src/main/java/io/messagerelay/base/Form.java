package io.messagerelay.base;

import java.util.Optional;
import java.util.function.Function;

/**
 * What the text of a setting must look like.
 *
 * @param noun what it is, as in {@code "33o6" is not a port}
 * @param allowed which ones are allowed, as in {@code expected 1 to 65535}
 * @param described both, for the table of settings
 * @param reader empty when the text is not in this form
 * @param standIn any value of the form, used where a problem left none
 */
record Form<T>(
    String noun,
    String allowed,
    String described,
    Function<String, Optional<T>> reader,
    T standIn) {

  Form(String noun, String allowed, Function<String, Optional<T>> reader, T standIn) {
    this(noun, allowed, noun + ": " + allowed, reader, standIn);
  }

  Optional<T> read(String text) {
    return reader.apply(text);
  }
}
