package io.messagerelay.benchmarks.starting;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.messagerelay.benchmarks.report.Effort;
import io.messagerelay.benchmarks.report.Spread;
import io.messagerelay.benchmarks.report.Table;
import io.messagerelay.benchmarks.service.Child;
import io.messagerelay.benchmarks.service.Consumer;
import io.messagerelay.benchmarks.service.Site;
import io.messagerelay.benchmarks.store.StoreKind;
import io.messagerelay.benchmarks.store.StorePlace;
import io.messagerelay.benchmarks.store.Stores;
import io.messagerelay.contract.EventIds;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * How long event-consumer takes from the start of its process to its first 201, on a store that is
 * there, with what the build made to start it fast and without.
 */
public final class Starts {
  private static final String WITHOUT_CACHE = "-XX:AOTMode=off";

  private final Site site;
  private final Stores stores;
  private final Effort effort;
  private final LongSupplier nanoTime;
  private final EventIds ids = new EventIds(Clock.systemUTC(), RandomGenerator.getDefault());

  public Starts(Site site, Stores stores, Effort effort, LongSupplier nanoTime) {
    this.site = site;
    this.stores = stores;
    this.effort = effort;
    this.nanoTime = nanoTime;
  }

  /** Measures, and gives the report's table. */
  public String run(List<StoreKind> kinds) throws IOException, InterruptedException {
    var table = new Table("event-consumer", "store", "to the first 201, ms");
    for (StoreKind kind : kinds) {
      try (StorePlace place = stores.make(kind)) {
        String token = token(place);
        List<Double> asBuilt = new ArrayList<>();
        List<Double> without = new ArrayList<>();
        for (int i = 0; i < effort.starts(); i++) {
          asBuilt.add(start(place, token, ""));
          without.add(start(place, token, WITHOUT_CACHE));
        }
        table.row("as built", kind.title(), Spread.of(asBuilt).whole());
        table.row("without the AOT cache", kind.title(), Spread.of(without).whole());
      }
    }
    return table.markdown();
  }

  /** Makes the tables of the store as well. */
  private String token(StorePlace place) throws IOException, InterruptedException {
    try (Consumer consumer = Consumer.start(site, place.settings(), "")) {
      return consumer.token();
    }
  }

  /** In milliseconds. */
  private double start(StorePlace place, String token, String javaOptions)
      throws IOException, InterruptedException {
    int port = Site.freePort();
    Map<String, String> settings = new HashMap<>(place.settings());
    settings.put("CONSUMER_PORT", Integer.toString(port));
    settings.put("JAVA_OPTS", javaOptions);
    byte[] request = request(token);
    long begin = nanoTime.getAsLong();
    try (Child service = site.start("event-consumer", settings, "run")) {
      FirstAnswer.await(service, port, request);
      return (nanoTime.getAsLong() - begin) / 1e6;
    }
  }

  private byte[] request(String token) {
    String body =
        "{\"event_id\":\"%s\",\"event_type\":\"start\",\"event_payload\":\"\"}"
            .formatted(ids.get());
    return """
    POST /event HTTP/1.1
    Host: 127.0.0.1
    Authorization: Bearer %s
    Content-Type: application/json
    Content-Length: %d

    """
        .formatted(token, body.length())
        .replace("\n", "\r\n")
        .concat(body)
        .getBytes(US_ASCII);
  }
}
