package io.messagerelay.consumer.schema;

import com.networknt.schema.regex.RegularExpression;
import java.util.regex.Pattern;

/**
 * A regular expression of Java's, found anywhere in a text, that gives up where it would go through
 * the text again and again: whoever sends a payload must not be able to keep a thread busy.
 */
final class BoundedRegex implements RegularExpression {
  /** How often a sign of the text may be looked at: a quarter of a second for the largest. */
  private static final long LEAST_LOOKS = 200_000;

  private static final long LOOKS_PER_SIGN = 100;

  private final Pattern pattern;

  BoundedRegex(String regex) {
    this.pattern = Pattern.compile(regex);
  }

  /** The text was looked through too often. */
  static final class TooManyLooks extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyLooks() {
      super("a regular expression took too long", null, false, false);
    }
  }

  /**
   * @throws TooManyLooks when it takes too long
   */
  @Override
  public boolean matches(String value) {
    return pattern.matcher(new Counted(value, new Looks(value.length()))).find();
  }

  /** What is left for one match. Used by one thread. */
  private static final class Looks {
    private long left;

    Looks(int signs) {
      this.left = LEAST_LOOKS + LOOKS_PER_SIGN * signs;
    }

    void take() {
      if (left-- == 0) {
        throw new TooManyLooks();
      }
    }
  }

  private record Counted(CharSequence text, Looks looks) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      looks.take();
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Counted(text.subSequence(start, end), looks);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
