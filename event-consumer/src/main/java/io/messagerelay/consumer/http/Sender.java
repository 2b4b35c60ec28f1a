package io.messagerelay.consumer.http;

import java.time.Instant;

/**
 * Who sends events, and by which request.
 *
 * @param account that was logged in
 * @param came when the request had come so far
 * @param traces whether the sender has spans of its own in the traces of its events
 */
record Sender(String account, String requestId, Instant came, boolean traces) {}
