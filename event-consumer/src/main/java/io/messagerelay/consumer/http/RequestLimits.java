package io.messagerelay.consumer.http;

import java.util.Optional;

/**
 * What the requests of one client's address, and of one account, may take at once, or in a second.
 *
 * @param addressRequests in flight
 * @param accountRequests in flight
 * @param addressRate requests a second; empty for no limit
 * @param addressStreams open; empty for no limit beside that of all streams
 * @param accountStreams the same
 */
public record RequestLimits(
    int addressRequests,
    int accountRequests,
    Optional<Integer> addressRate,
    Optional<Integer> addressStreams,
    Optional<Integer> accountStreams) {}
