package io.messagerelay.consumer.schema;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which types the schema of a file is for, as its name tells.
 *
 * <pre>
 *   types/order.created.json      order.created
 *   types/order%2Fcreated.json    order/created      what is no letter, digit, dot, dash or
 *                                                    underscore of ASCII is percent-encoded,
 *                                                    and a dot at the beginning
 *   types/order.*.json            all that begin with order.
 * </pre>
 *
 * @param text the type, or its beginning
 * @param beginning whether it is for all types that begin so
 */
record TypeFile(String text, boolean beginning) {
  private static final String FOLDER = "types/";
  private static final String ENDING = ".json";
  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_";
  private static final Pattern ENCODED = Pattern.compile("(?:[A-Za-z0-9._-]|%[0-9A-F]{2})*");

  /** Whether a file is meant to be one. */
  static boolean is(String file) {
    return file.startsWith(FOLDER);
  }

  /** The one that a file is; empty for a name that cannot be read in one way only. */
  static Optional<TypeFile> of(String file) {
    String name = file.substring(FOLDER.length(), file.length() - ENDING.length());
    boolean beginning = name.endsWith("*");
    return decoded(beginning ? name.substring(0, name.length() - 1) : name)
        .filter(text -> beginning || !text.isEmpty())
        .map(text -> new TypeFile(text, beginning))
        .filter(type -> type.file().equals(file));
  }

  private static Optional<String> decoded(String name) {
    if (!ENCODED.matcher(name).matches()) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.allocate(name.length());
    for (int at = 0; at < name.length(); at++) {
      char sign = name.charAt(at);
      bytes.put(sign == '%' ? (byte) HexFormat.fromHexDigits(name, at + 1, at + 3) : (byte) sign);
      at += sign == '%' ? 2 : 0;
    }
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** The file's name. */
  String file() {
    StringBuilder name = new StringBuilder(FOLDER);
    for (byte sign : text.getBytes(StandardCharsets.UTF_8)) {
      boolean hides = sign == '.' && name.length() == FOLDER.length();
      if (isPlain(sign) && !hides) {
        name.append((char) sign);
      } else {
        name.append('%').append(HexFormat.of().withUpperCase().toHexDigits(sign));
      }
    }
    return name.append(beginning ? "*" : "").append(ENDING).toString();
  }

  private static boolean isPlain(byte sign) {
    return PLAIN.indexOf(sign) >= 0;
  }
}
