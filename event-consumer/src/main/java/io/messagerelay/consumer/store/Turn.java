package io.messagerelay.consumer.store;

import java.time.Instant;

/**
 * The right to remove events of a store, for a while: of several consumers one works at a time.
 *
 * @param holder names the one who works
 * @param now by the holder's clock
 * @param until when it may be somebody else's
 */
public record Turn(String holder, Instant now, Instant until) {}
