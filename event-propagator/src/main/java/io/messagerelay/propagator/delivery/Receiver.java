package io.messagerelay.propagator.delivery;

import io.messagerelay.propagator.auth.Endpoint;

/**
 * Where events go.
 *
 * @param userAgent who we say we are: {@code message-relay/0.1.0}
 */
public record Receiver(Endpoint endpoint, Acknowledge acknowledge, String userAgent) {}
