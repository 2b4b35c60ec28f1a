package io.messagerelay.propagator.delivery;

import io.messagerelay.propagator.auth.Exchange;
import io.messagerelay.propagator.auth.Exchange.Pending;
import io.messagerelay.propagator.auth.Outcome;
import io.messagerelay.propagator.auth.TokenAnswer;
import io.messagerelay.propagator.auth.Tokens;
import io.messagerelay.propagator.spool.SpooledEvent;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Optional;

/**
 * Delivers over HTTP, a batch a request ({@link EventRequest}). A request is sent again at once
 * only after a 401, once, with a new token; everything else is the relay's to decide. What the
 * answers mean is the {@link AnswerTable}'s.
 *
 * <p>A crash, or an answer that is lost, after the consumer has committed: the events are sent
 * again under the same ids, and the consumer says that it has them.
 */
public final class HttpEventSender implements EventSender {
  /** Enough for any page that says something went wrong. */
  private static final long REPLY_BYTES = 64 * 1024;

  /** An item's result with its errors; without this a batch of refusals would never fit. */
  private static final long REPLY_BYTES_AN_EVENT = 2 * 1024;

  private final Exchange http;
  private final Tokens tokens;
  private final Receiver receiver;
  private final AnswerTable table;

  public HttpEventSender(Exchange http, Tokens tokens, Receiver receiver) {
    this.http = http;
    this.tokens = tokens;
    this.receiver = receiver;
    this.table = new AnswerTable(receiver);
  }

  @Override
  public Sending send(List<SpooledEvent> batch) throws InterruptedException {
    return switch (tokens.current()) {
      case TokenAnswer.Token token -> sendWith(token, batch);
      case TokenAnswer.NotNeeded none -> sendWithout(batch);
      case TokenAnswer.Unavailable none -> () -> away(none);
      case TokenAnswer.Refused(var reason) -> () -> new Delivery.Held(reason);
    };
  }

  private Sending sendWith(TokenAnswer.Token token, List<SpooledEvent> batch) {
    Pending pending = post(batch, bearing(token, batch));
    return () -> {
      Outcome outcome = pending.outcome();
      return isUnauthorized(outcome) ? sendAgain(batch, token, outcome) : delivery(batch, outcome);
    };
  }

  private Delivery sendAgain(List<SpooledEvent> batch, TokenAnswer.Token refused, Outcome outcome)
      throws InterruptedException {
    return switch (tokens.renew(refused)) {
      case TokenAnswer.Token fresh -> delivery(batch, post(batch, bearing(fresh, batch)).outcome());
      case TokenAnswer.NotNeeded none -> delivery(batch, outcome);
      case TokenAnswer.Unavailable none -> away(none);
      case TokenAnswer.Refused(var reason) -> new Delivery.Held(reason);
    };
  }

  private Sending sendWithout(List<SpooledEvent> batch) {
    Pending pending = post(batch, EventRequest.of(receiver, batch));
    return () -> {
      Outcome outcome = pending.outcome();
      return isUnauthorized(outcome)
          ? new Delivery.Held(
              receiver.endpoint()
                  + " answered 401: it wants a login; set SERVICE_NAME and SERVICE_PASSWORD")
          : delivery(batch, outcome);
    };
  }

  private static boolean isUnauthorized(Outcome outcome) {
    return outcome instanceof Outcome.Reply reply && reply.status() == 401;
  }

  private static Delivery away(TokenAnswer.Unavailable none) {
    return new Delivery.Away(none.cause(), Optional.of(none.retryAfter()));
  }

  private Delivery delivery(List<SpooledEvent> batch, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Reply reply -> table.meaning(batch, reply);
      case Outcome.Failed(var cause) -> new Delivery.Deferred(cause, Optional.empty());
      case Outcome.Unreachable(var cause) -> new Delivery.Away(cause, Optional.empty());
      case Outcome.Distrusted(var reason) -> new Delivery.Held(reason);
    };
  }

  private Pending post(List<SpooledEvent> batch, HttpRequest.Builder request) {
    return http.begin(request.build(), REPLY_BYTES + REPLY_BYTES_AN_EVENT * batch.size());
  }

  private HttpRequest.Builder bearing(TokenAnswer.Token token, List<SpooledEvent> batch) {
    return EventRequest.of(receiver, batch).header("Authorization", "Bearer " + token.value());
  }
}
