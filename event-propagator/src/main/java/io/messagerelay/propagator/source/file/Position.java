package io.messagerelay.propagator.source.file;

/**
 * Between two items of a content.
 *
 * @param offset in bytes from 0
 * @param line from 1
 * @param expected what may come next; always {@code START} where items are lines
 */
record Position(long offset, long line, Expected expected) {

  /** Of a JSON array. The names are part of the saved progress. */
  enum Expected {
    /** The array's beginning. */
    START,
    /** An element, or the end of an empty array. */
    FIRST,
    /** An element: there was a comma. */
    ELEMENT,
    /** A comma or the end: there was an element. */
    COMMA,
    /** A comma, or the end, or neither: an element that is not JSON ended with a {@code ]}. */
    COMMA_OR_NOTHING,
    /** Nothing: the array has ended. */
    NOTHING
  }

  static Position start() {
    return new Position(0, 1, Expected.START);
  }
}
