package io.messagerelay.consumer.store;

import org.jspecify.annotations.Nullable;

/**
 * Events that are old enough to go.
 *
 * @param from the lowest position, inclusive
 * @param before the highest position, exclusive
 * @param type only this one; {@code null} for all
 */
public record Cut(long from, long before, @Nullable String type) {}
