package io.messagerelay.propagator.delivery;

import io.messagerelay.propagator.auth.Endpoint;
import io.messagerelay.propagator.auth.Exchange;
import io.messagerelay.propagator.auth.Outcome;
import io.messagerelay.propagator.auth.TokenAnswer.Token;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/**
 * Asks a consumer whether it would take events from us, without sending one: an empty batch is
 * refused with 400, but only after the token was looked at.
 */
public final class Probe {
  private static final long REPLY_BYTES = 64 * 1024;

  private Probe() {}

  /** What the consumer says to an empty batch. */
  public static Outcome send(Exchange http, Endpoint events, Token token)
      throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(events.uri())
            .header("Authorization", "Bearer " + token.value())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("[]"))
            .build();
    return http.send(request, REPLY_BYTES);
  }
}
