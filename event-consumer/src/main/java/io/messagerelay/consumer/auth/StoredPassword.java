package io.messagerelay.consumer.auth;

import io.messagerelay.contract.Sha256;
import java.security.MessageDigest;

/** A password as this service has it; tells whether a given one is the same. Shared by threads. */
@FunctionalInterface
public interface StoredPassword {

  /** Takes the same time for a right and for a wrong one. */
  boolean matches(String given);

  /**
   * {@code SERVICE_PASSWORD}. It stands in clear in the environment, so a slow hash would protect
   * nothing; guessing over the network is what {@link LoginThrottle} bounds.
   */
  static StoredPassword plain(String password) {
    byte[] expected = Sha256.of(password);
    return given -> MessageDigest.isEqual(expected, Sha256.of(given));
  }

  /**
   * {@code SERVICE_PASSWORD_HASH}: Argon2id as a PHC string, or bcrypt, which looks at the first 72
   * bytes of a password only.
   *
   * @throws IllegalArgumentException when it is neither, or too costly; the message is for the
   *     person who sets it and does not contain the hash
   */
  static StoredPassword hashed(String hash) {
    return PasswordHash.of(hash);
  }
}
