package io.messagerelay.consumer.http.connection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Counts what a limit has turned away or cut off, by the limit. Shared by threads. */
public final class LimitTally {

  /** Every limit of the edge. */
  public enum Limit {
    CONNECTIONS,
    ADDRESS_CONNECTIONS,
    ADDRESS_REQUESTS,
    ADDRESS_RATE,
    ADDRESS_STREAMS,
    ACCOUNT_REQUESTS,
    ACCOUNT_RATE,
    ACCOUNT_STREAMS,
    STREAMS,
    HEADS,
    BODIES,
    ANSWERS,
    SLOW_HEAD,
    SLOW_BODY,
    SLOW_READER
  }

  private final Map<Limit, Counter> counters = new EnumMap<>(Limit.class);

  public LimitTally(MeterRegistry meters) {
    for (Limit limit : Limit.values()) {
      counters.put(
          limit,
          Counter.builder("message.relay.limited")
              .description("Connections, requests and streams that a limit refused or cut off")
              .tag("limit", limit.name().toLowerCase(Locale.ROOT))
              .register(meters));
    }
  }

  public void count(Limit limit) {
    counter(limit).increment();
  }

  private Counter counter(Limit limit) {
    return Objects.requireNonNull(counters.get(limit));
  }

  public double counted(Limit limit) {
    return counter(limit).count();
  }
}
