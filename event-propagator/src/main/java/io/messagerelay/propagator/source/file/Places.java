package io.messagerelay.propagator.source.file;

/** How a person is told where an item of a file stands. */
final class Places {
  private Places() {}

  static String ofLine(String label, Cut cut) {
    return label + ":" + cut.line();
  }

  /**
   * @param item its number, from 1
   */
  static String ofElement(String label, Cut cut, long item) {
    return switch (cut) {
      case Cut.Whole _ -> label + "[" + (item - 1) + "]";
      case Cut.Broken(_, var offset, var line, _) ->
          "%s[%d], line %d, byte %d".formatted(label, item - 1, line, offset);
    };
  }
}
