package io.messagerelay.consumer.tail;

import java.time.Duration;

/**
 * What streams may take.
 *
 * @param streams open at once, at most
 * @param heartbeat a stream that is followed is silent for no longer
 * @param stall a reader that takes nothing for so long is cut off
 */
public record StreamLimits(int streams, Duration heartbeat, Duration stall) {}
