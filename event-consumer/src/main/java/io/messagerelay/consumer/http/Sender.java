package io.messagerelay.consumer.http;

/**
 * Who sends events, and by which request.
 *
 * @param account that was logged in
 */
record Sender(String account, String requestId) {}
