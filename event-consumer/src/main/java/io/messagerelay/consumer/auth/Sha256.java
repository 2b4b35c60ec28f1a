package io.messagerelay.consumer.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Fixed-length stand-ins for texts that should be neither kept nor compared as they are. */
final class Sha256 {
  private Sha256() {}

  static byte[] of(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The 32 bytes as a map's key: one character a byte. */
  static String keyOf(String text) {
    return new String(of(text), StandardCharsets.ISO_8859_1);
  }

  /** Whether two texts are the same, in a time that does not depend on where they differ. */
  static boolean same(String one, String other) {
    return MessageDigest.isEqual(of(one), of(other));
  }
}
