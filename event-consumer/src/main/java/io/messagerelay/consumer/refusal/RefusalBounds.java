package io.messagerelay.consumer.refusal;

import java.time.Duration;

/**
 * How many refusals are kept, and for how long.
 *
 * @param most 0 for none
 */
public record RefusalBounds(long most, Duration age) {}
