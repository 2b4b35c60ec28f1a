package io.messagerelay.propagator.source.file;

/** What JSON takes for white space. */
final class Blanks {
  private Blanks() {}

  static boolean isBlank(byte sign) {
    return sign == ' ' || sign == '\n' || sign == '\t' || sign == '\r';
  }
}
