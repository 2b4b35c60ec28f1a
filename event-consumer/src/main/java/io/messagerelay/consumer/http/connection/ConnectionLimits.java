package io.messagerelay.consumer.http.connection;

import java.time.Duration;

/**
 * What connections may take.
 *
 * @param connections open at once
 * @param perAddress of those, from one client's address
 * @param head from the first byte of a request's head to its last
 * @param stall an answer of which nothing is taken for so long is cut off
 */
public record ConnectionLimits(int connections, int perAddress, Duration head, Duration stall) {}
