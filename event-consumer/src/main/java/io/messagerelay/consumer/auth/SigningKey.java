package io.messagerelay.consumer.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import java.nio.charset.StandardCharsets;

/**
 * The secret that signs this service's tokens with HS256; the UTF-8 bytes of {@code SECRET_KEY}.
 * Another secret makes every token worthless at once. Never shown.
 */
public final class SigningKey {

  /** RFC 7518 §3.2: a key at least as long as the hash. */
  private static final int LEAST_BYTES = 32;

  private final byte[] secret;

  private SigningKey(byte[] secret) {
    this.secret = secret;
  }

  /**
   * @throws IllegalArgumentException when the secret is too short; the message is for the person
   *     who sets it and does not contain the secret
   */
  public static SigningKey of(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < LEAST_BYTES) {
      throw new IllegalArgumentException(
          "has %d bytes; HS256 needs %d or more. This makes a good one: openssl rand -hex 32"
              .formatted(bytes.length, LEAST_BYTES));
    }
    return new SigningKey(bytes);
  }

  JWSSigner signer() {
    try {
      return new MACSigner(secret);
    } catch (JOSEException e) {
      throw new IllegalStateException("HS256 with " + secret.length + " bytes is refused", e);
    }
  }

  JWSVerifier verifier() {
    try {
      return new MACVerifier(secret);
    } catch (JOSEException e) {
      throw new IllegalStateException("HS256 with " + secret.length + " bytes is refused", e);
    }
  }
}
