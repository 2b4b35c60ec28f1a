package io.messagerelay.contract;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Says whether bytes are UTF-8 to the letter (RFC 3629): no overlong form, no surrogate, nothing
 * beyond U+10FFFF. The JSON parser looks less closely.
 */
final class Utf8 {
  private static final int CHUNK = 4096;

  private Utf8() {}

  /** Where the first malformed sequence begins; -1 when there is none. */
  static int firstMalformed(byte[] bytes) {
    int ascii = leadingAscii(bytes);
    return ascii == bytes.length ? -1 : firstMalformed(bytes, ascii);
  }

  static boolean hasByteOrderMark(byte[] bytes) {
    return bytes.length >= 3
        && bytes[0] == (byte) 0xEF
        && bytes[1] == (byte) 0xBB
        && bytes[2] == (byte) 0xBF;
  }

  /** Names the place of a byte to a person, in lines and characters from 1. */
  static String place(byte[] bytes, int offset) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < offset; i++) {
      if (bytes[i] == '\n') {
        line++;
        column = 1;
      } else if (!isContinuation(bytes[i])) {
        column++;
      }
    }
    return "line " + line + ", column " + column;
  }

  static boolean isContinuation(byte sign) {
    return (sign & 0xC0) == 0x80;
  }

  private static int leadingAscii(byte[] bytes) {
    int at = 0;
    while (at < bytes.length && bytes[at] >= 0) {
      at++;
    }
    return at;
  }

  private static int firstMalformed(byte[] bytes, int from) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
    CharBuffer out = CharBuffer.allocate(Math.min(CHUNK, bytes.length - from));
    while (true) {
      CoderResult result = decoder.decode(in, out.clear(), true);
      if (!result.isOverflow()) {
        return result.isError() ? in.position() : -1;
      }
    }
  }
}
