package io.messagerelay.consumer.store;

import java.time.Instant;

/**
 * Keeps refresh tokens, as hashes only, for all consumers of a store. A token belongs to a family:
 * the tokens that one login led to. Shared by threads.
 */
public interface RefreshTokenStore {

  /** What became of a rotation. */
  sealed interface Rotation {
    /** The old token is spent, the new one is valid; both in one transaction. */
    record Rotated(String account, String scope) implements Rotation {}

    /** The old token had been spent: its whole family is revoked now. */
    record Reused(String account) implements Rotation {}

    /** Never issued here, expired, or of a revoked family. */
    record Unknown() implements Rotation {}
  }

  /**
   * Keeps the first token of a new family.
   *
   * @param hash SHA-256 of the token
   */
  void begin(byte[] hash, String account, String scope, Instant now, Instant expires)
      throws StoreException;

  /**
   * Spends one token and keeps its successor, in one transaction; of two at once, one finds it
   * spent.
   */
  Rotation rotate(byte[] spent, byte[] successor, Instant now, Instant expires)
      throws StoreException;

  /** Forgets at most {@code atMost} tokens that expired before {@code now}; returns how many. */
  int forgetExpired(Instant now, int atMost) throws StoreException;
}
