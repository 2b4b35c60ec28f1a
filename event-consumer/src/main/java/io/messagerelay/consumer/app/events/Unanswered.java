package io.messagerelay.consumer.app.events;

import io.messagerelay.base.CommandException;
import io.messagerelay.base.ExitCodes;
import java.time.Duration;

/** The service gave no answer now, and may give one later. */
final class Unanswered extends Exception {
  private static final long serialVersionUID = 1L;

  private final String words;
  private final Duration retryAfter;

  /**
   * @param words for a person
   * @param retryAfter what the service asks for; zero where it asks for nothing
   */
  Unanswered(String words, Duration retryAfter) {
    super(words);
    this.words = words;
    this.retryAfter = retryAfter;
  }

  String words() {
    return words;
  }

  Duration retryAfter() {
    return retryAfter;
  }

  /** As the end of a command. */
  CommandException ending() {
    return new CommandException(
        retryAfter.isZero() ? ExitCodes.UNAVAILABLE : ExitCodes.TRY_AGAIN, words);
  }
}
