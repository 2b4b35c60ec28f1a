package io.messagerelay.propagator.spool;

import java.nio.file.Path;

/** What a runner finds where a person leaves word about its log. */
public sealed interface LogNote {

  /** Nothing, or what is no such word. */
  record None() implements LogNote {}

  /** Word of what shall be logged; its time may be over. */
  record Wanted(WantedLog log) implements LogNote {}

  /**
   * Something that this process may not read, as what another user has left.
   *
   * @param owner the name of that user, or its number where it has none
   * @param reason why, in a person's words
   */
  record Unread(Path file, String owner, String reason) implements LogNote {}
}
