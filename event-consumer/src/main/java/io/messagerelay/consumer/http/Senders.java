package io.messagerelay.consumer.http;

import io.messagerelay.consumer.http.Checked.Good;
import io.messagerelay.consumer.overview.Propagators;
import io.messagerelay.consumer.overview.ReportField;
import io.messagerelay.contract.Wire;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;

/**
 * Lets in who may send events and has not sent too many, and hears what they report of themselves.
 * Shared by threads; does not block.
 */
public final class Senders {
  private static final String SCOPE = "events:write";

  private final Guard guard;
  private final Budget budget;
  private final Propagators propagators;
  private final Clock clock;

  /**
   * @param clock the time of day
   */
  public Senders(Guard guard, Budget budget, Propagators propagators, Clock clock) {
    this.guard = guard;
    this.budget = budget;
    this.propagators = propagators;
    this.clock = clock;
  }

  /** A report is heard also of those who have to wait: it says how many events they keep. */
  Checked<Sender> admit(RoutingContext call) {
    return guard
        .admit(call, SCOPE)
        .then(
            account -> {
              ReportField.read(call.request().headers().getAll(Wire.RELAY_REPORT))
                  .ifPresent(propagators::hear);
              return spend(call, account);
            })
        .then(account -> new Good<>(sender(account, call)));
  }

  private Sender sender(String account, RoutingContext call) {
    boolean traces = Wire.TRUE.equals(call.request().getHeader(Wire.RELAY_TRACE));
    return new Sender(account, RequestIds.of(call), clock.instant(), traces);
  }

  /** The answer tells what is left, after a batch has taken its part. */
  private Checked<String> spend(RoutingContext call, String account) {
    if (budget.isLimited()) {
      call.addHeadersEndHandler(_ -> budget.tell(account, call.response().headers()));
    }
    return budget.admit(account);
  }

  /** Takes the worth of a batch, beyond the one event that its admission took. */
  void charge(Sender sender, int events) {
    budget.charge(sender.account(), events);
  }
}
