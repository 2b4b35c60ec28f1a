package io.messagerelay.consumer.http;

import io.messagerelay.consumer.http.connection.ClientAddress;
import io.messagerelay.consumer.http.connection.LimitTally;
import io.messagerelay.consumer.http.connection.LimitTally.Limit;
import io.messagerelay.consumer.limit.ConcurrencyLimit;
import io.messagerelay.consumer.limit.Network;
import io.messagerelay.consumer.limit.RateLimit;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Lets a request in by what its client, and later its account, has under way. Beyond a limit the
 * answer is 429. A stream is under way for hours, so it leaves the requests and counts among the
 * streams. Shared by threads; does not block; each process counts for itself.
 */
public final class ClientLimits {
  static final String POLICY = "requests";

  private static final Duration SOON = Duration.ofSeconds(1);

  private final RequestLimits limits;
  private final ClientAddress clients;
  private final LimitTally tally;
  private final AtomicInteger underWay = new AtomicInteger();
  private final ConcurrencyLimit<Network> addressRequests;
  private final ConcurrencyLimit<String> accountRequests;
  private final ConcurrencyLimit<Network> addressStreams;
  private final ConcurrencyLimit<String> accountStreams;
  private final Optional<RateLimit<Network>> addressRate;

  /**
   * @param nanoTime a clock that only goes forward, in nanoseconds
   */
  public ClientLimits(
      RequestLimits limits, ClientAddress clients, LimitTally tally, LongSupplier nanoTime) {
    this.limits = limits;
    this.clients = clients;
    this.tally = tally;
    this.addressRequests = new ConcurrencyLimit<>(limits.addressRequests());
    this.accountRequests = new ConcurrencyLimit<>(limits.accountRequests());
    this.addressStreams = new ConcurrencyLimit<>(limits.addressStreams().orElse(Integer.MAX_VALUE));
    this.accountStreams = new ConcurrencyLimit<>(limits.accountStreams().orElse(Integer.MAX_VALUE));
    this.addressRate = limits.addressRate().map(rate -> new RateLimit<>(rate, nanoTime));
  }

  /** How many requests are under way, streams included. */
  public int underWay() {
    return underWay.get();
  }

  /** The address that the request comes from, in figures. */
  String addressOf(RoutingContext call) {
    return clients.of(call.request()).getHostAddress();
  }

  /** What stands against a request before anything else is looked at. */
  Optional<Problem> enter(RoutingContext call) {
    Network client = Network.of(clients.of(call.request()));
    Place place = Place.of(call);
    Optional<Problem> tooFast = addressRate.flatMap(rate -> tooFast(rate, client, call));
    if (tooFast.isPresent()) {
      return tooFast;
    }
    if (!addressRequests.enter(client)) {
      return refused(
          Limit.ADDRESS_REQUESTS,
          "an address may have " + limits.addressRequests() + " requests under way");
    }
    place.hold(() -> addressRequests.leave(client));
    underWay.incrementAndGet();
    place.onEnd(underWay::decrementAndGet);
    return Optional.empty();
  }

  private Optional<Problem> tooFast(RateLimit<Network> rate, Network client, RoutingContext call) {
    RateLimit.Standing standing = rate.take(client);
    RateLimitFields.add(call.response().headers(), POLICY, rate.perSecond(), standing);
    if (standing.granted()) {
      return Optional.empty();
    }
    tally.count(Limit.ADDRESS_RATE);
    String detail = "an address may make " + rate.perSecond() + " requests a second";
    return Optional.of(Problem.of(Problem.Kind.RATE_LIMITED, detail).retryAfter(standing.delay()));
  }

  /** What stands against a request of this account. */
  Optional<Problem> enter(RoutingContext call, String account) {
    if (!accountRequests.enter(account)) {
      return refused(
          Limit.ACCOUNT_REQUESTS,
          "an account may have " + limits.accountRequests() + " requests under way");
    }
    Place.of(call).hold(() -> accountRequests.leave(account));
    return Optional.empty();
  }

  /** What stands against making a stream of a request; from then on it counts as one. */
  Optional<Problem> stream(RoutingContext call, String account) {
    Network client = Network.of(clients.of(call.request()));
    if (!addressStreams.enter(client)) {
      return refused(
          Limit.ADDRESS_STREAMS, "an address may have " + addressStreams.limit() + " streams open");
    }
    if (!accountStreams.enter(account)) {
      addressStreams.leave(client);
      return refused(
          Limit.ACCOUNT_STREAMS, "an account may have " + accountStreams.limit() + " streams open");
    }
    Place place = Place.of(call);
    place.release();
    place.hold(() -> addressStreams.leave(client));
    place.hold(() -> accountStreams.leave(account));
    return Optional.empty();
  }

  private Optional<Problem> refused(Limit limit, String detail) {
    tally.count(limit);
    return Optional.of(Problem.of(Problem.Kind.RATE_LIMITED, detail).retryAfter(SOON));
  }
}
