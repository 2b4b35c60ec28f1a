package io.messagerelay.consumer.store;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How connections to the server are encrypted.
 *
 * @param authority PEM file of the certificates that are trusted; empty for those of the JVM
 */
public record MysqlTls(Mode mode, Optional<Path> authority) {

  /** What a connection must have. */
  public enum Mode {
    /** Never encrypted. */
    DISABLED,
    /** Encrypted when the server can; whoever can change packets can switch it off. */
    PREFERRED,
    /** Encrypted, with whomever. */
    REQUIRED,
    /** Encrypted, with a server whose certificate the authority signed. */
    VERIFY_CA,
    /** Encrypted, with a server whose certificate the authority signed for this host name. */
    VERIFY_IDENTITY;

    /** Whether the server's certificate counts. */
    public boolean verifies() {
      return this == VERIFY_CA || this == VERIFY_IDENTITY;
    }
  }
}
