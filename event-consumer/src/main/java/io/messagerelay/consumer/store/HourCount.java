package io.messagerelay.consumer.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many events of a type were stored in an hour.
 *
 * @param hour its beginning
 * @param type {@code null} for all types that came after the first {@value CountTable#MOST_TYPES}
 *     of the hour
 * @param stored ever; erased and removed ones too
 * @param removed how many of those retention has removed since
 */
public record HourCount(Instant hour, @Nullable String type, long stored, long removed) {}
