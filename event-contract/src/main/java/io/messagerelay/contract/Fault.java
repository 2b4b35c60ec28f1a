package io.messagerelay.contract;

/**
 * One thing that is wrong with an event. Pointer and detail hold no control character; together
 * they stay below 200 characters.
 *
 * @param pointer where, as a JSON Pointer (RFC 6901) into the event; empty for the whole of it. A
 *     member's name that nobody knows is shortened, and what cannot be printed in it is replaced.
 * @param detail what is wrong and what is allowed, for a person; never the payload
 */
public record Fault(String pointer, String detail) {

  /** One line for a person: {@code /event_type must be a string}. */
  public String text() {
    return pointer.isEmpty() ? detail : pointer + " " + detail;
  }
}
