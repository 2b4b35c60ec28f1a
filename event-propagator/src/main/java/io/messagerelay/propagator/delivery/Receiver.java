package io.messagerelay.propagator.delivery;

import io.messagerelay.propagator.auth.Endpoint;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where events go.
 *
 * @param userAgent who we say we are: {@code message-relay/0.1.0}
 * @param report what we say of ourselves with each request, a {@link RelayReport}; empty for
 *     nothing
 * @param traces what each request says of traces
 */
public record Receiver(
    Endpoint endpoint,
    Acknowledge acknowledge,
    String userAgent,
    Supplier<Optional<String>> report,
    Traces traces) {}
