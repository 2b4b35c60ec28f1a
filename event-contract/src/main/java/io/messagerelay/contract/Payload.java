package io.messagerelay.contract;

/**
 * What an event carries.
 *
 * @param kind how {@code text} is meant; part of the content, so that the string {@code 1} and the
 *     number {@code 1} differ
 * @param text the string itself, or the JSON value exactly as it came
 */
public record Payload(Kind kind, String text) {

  /** How a payload is meant. The codes are stored; they never change. */
  public enum Kind {
    /** A JSON string; {@code text} is its value. */
    STRING(0),
    /** Any other JSON value; {@code text} is its source. */
    JSON(1);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    public int code() {
      return code;
    }

    /** The kind of a stored code; an unknown one is our fault and thrown. */
    public static Kind of(int code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new IllegalArgumentException("unknown payload kind " + code);
    }
  }

  /** A payload that is a JSON string. */
  public static Payload ofString(String text) {
    return new Payload(Kind.STRING, text);
  }
}
