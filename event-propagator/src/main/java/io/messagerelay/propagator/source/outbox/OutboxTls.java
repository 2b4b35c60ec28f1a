package io.messagerelay.propagator.source.outbox;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How connections to the server are encrypted.
 *
 * @param authority the certificates that are trusted: for PostgreSQL a PEM file, for MySQL a key
 *     store of {@link io.messagerelay.base.TrustedCertificates}; empty for those of the JVM
 */
public record OutboxTls(Mode mode, Optional<Path> authority) {

  /** What a connection must have. */
  public enum Mode {
    /** Never encrypted. */
    DISABLED("disable"),
    /** Encrypted when the server can; whoever can change packets can switch it off. */
    PREFERRED("prefer"),
    /** Encrypted, with whomever. */
    REQUIRED("require"),
    /** Encrypted, with a server whose certificate the authority signed. */
    VERIFY_CA("verify-ca"),
    /** Encrypted, with a server whose certificate the authority signed for this host name. */
    VERIFY_IDENTITY("verify-full");

    private final String inPostgres;

    Mode(String inPostgres) {
      this.inPostgres = inPostgres;
    }

    /** PostgreSQL's word for it. */
    String inPostgres() {
      return inPostgres;
    }

    /** Whether the server's certificate counts. */
    public boolean verifies() {
      return this == VERIFY_CA || this == VERIFY_IDENTITY;
    }
  }
}
