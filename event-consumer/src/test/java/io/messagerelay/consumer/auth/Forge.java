package io.messagerelay.consumer.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens by hand, good and bad ones, without the library under test. */
final class Forge {
  static final String SECRET = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}";

  private Forge() {}

  /** Signed as it should be, whatever it says. */
  static String token(String header, String claims) {
    return token("HmacSHA256", SECRET, header, claims);
  }

  static String token(String algorithm, String secret, String header, String claims) {
    String input = base64(header) + "." + base64(claims);
    return input + "." + base64(mac(algorithm, secret, input));
  }

  static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] mac(String algorithm, String secret, String input) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
      return mac.doFinal(input.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
