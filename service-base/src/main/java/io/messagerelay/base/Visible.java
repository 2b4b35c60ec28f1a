package io.messagerelay.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.Optional;

/** Text from elsewhere, such that a terminal shows all of it and obeys none of it. */
public final class Visible {
  private static final int LONGEST = 200;
  private static final String TURNS_DIRECTION =
      "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";

  private Visible() {}

  /** On one line, cut where it is long. */
  public static String line(String text) {
    boolean isLong = text.length() > LONGEST;
    return of(isLong ? text.substring(0, LONGEST) : text, "") + (isLong ? "…" : "");
  }

  /** With its line ends and tabs; bytes that are no UTF-8 as {@code \xff}. */
  public static String body(byte[] bytes) {
    CharsetDecoder decoder = UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    var text = new StringBuilder();
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      text.append(of(out.flip().toString(), "\n\t"));
      out.clear();
      if (!result.isError()) {
        return text.toString();
      }
      for (int i = 0; i < result.length(); i++) {
        text.append("\\x%02x".formatted(in.get()));
      }
    }
  }

  /** Empty for what is no UTF-8. */
  public static Optional<String> text(byte[] bytes) {
    try {
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Whole, on one line. */
  public static String of(String text) {
    return of(text, "");
  }

  private static String of(String text, String harmless) {
    var shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            sign -> {
              if (isShown(sign) || harmless.indexOf(sign) >= 0) {
                shown.appendCodePoint(sign);
              } else {
                shown.append("\\u%04x".formatted(sign));
              }
            });
    return shown.toString();
  }

  private static boolean isShown(int sign) {
    return switch (Character.getType(sign)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> TURNS_DIRECTION.indexOf(sign) < 0;
    };
  }
}
