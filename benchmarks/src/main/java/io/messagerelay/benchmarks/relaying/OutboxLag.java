package io.messagerelay.benchmarks.relaying;

import io.messagerelay.benchmarks.report.Effort;
import io.messagerelay.benchmarks.report.Table;
import io.messagerelay.benchmarks.service.Child;
import io.messagerelay.benchmarks.service.Consumer;
import io.messagerelay.benchmarks.service.Site;
import io.messagerelay.benchmarks.store.StoreKind;
import io.messagerelay.benchmarks.store.StorePlace;
import io.messagerelay.benchmarks.store.Stores;
import io.messagerelay.servers.TestDatabase;
import io.messagerelay.servers.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * An outbox in MySQL to which four clients write at a steady rate: how long after a row's commit
 * its event is in the consumer's store, and whether the propagator keeps up.
 */
public final class OutboxLag {
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final double MICROS_PER_MILLI = 1_000;

  private final Site site;
  private final Stores stores;
  private final Effort effort;
  private final LongSupplier nanoTime;
  private final Clock clock;

  public OutboxLag(Site site, Stores stores, Effort effort, LongSupplier nanoTime, Clock clock) {
    this.site = site;
    this.stores = stores;
    this.effort = effort;
    this.nanoTime = nanoTime;
    this.clock = clock;
  }

  /** Measures, and gives the report's table. */
  public String run(List<StoreKind> kinds) throws Exception {
    var table =
        new Table("store", "rows/s", "written", "p50, ms", "p99, ms", "longest, ms", "left behind");
    for (StoreKind kind : kinds) {
      for (int rate : effort.outbox().rates()) {
        table.row(measure(kind, rate));
      }
    }
    return table.markdown();
  }

  private String[] measure(StoreKind kind, int rate) throws Exception {
    Path spool = Files.createTempDirectory(site.folder(), "spool-");
    try (TestDatabase outbox = TestServer.shared().newDatabase();
        StorePlace place = stores.make(kind);
        Consumer consumer = Consumer.start(site, place.settings(), "")) {
      createTables(outbox);
      try (Child propagator = start(consumer, spool, outbox)) {
        var writers = new OutboxWriters(outbox, rate, nanoTime, clock);
        writers.write(effort.outbox().warmUp());
        long first = writers.rows();
        writers.write(effort.outbox().window());
        long behind = writers.rows() - place.rows();
        awaitRows(place, propagator, writers.rows());
        return row(kind, rate, behind, lags(place, writers, first));
      }
    }
  }

  private static void createTables(TestDatabase outbox) throws IOException, SQLException {
    try (var in = OutboxLag.class.getResourceAsStream("/outbox/mysql.sql");
        Connection connection = outbox.connect();
        Statement statement = connection.createStatement()) {
      if (in == null) {
        throw new IllegalStateException("event-propagator ships no outbox/mysql.sql");
      }
      String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String each : script.replaceAll("(?m)^ *--.*$", "").split(";", -1)) {
        if (!each.isBlank()) {
          statement.execute(each);
        }
      }
    }
  }

  private Child start(Consumer consumer, Path spool, TestDatabase outbox) {
    return site.start(
        "event-propagator",
        Map.of(
            "SOURCE", "outbox",
            "OUTBOX_URL", "mysql://%s:%d/%s".formatted(outbox.host(), outbox.port(), outbox.name()),
            "OUTBOX_USER", outbox.user(),
            "OUTBOX_PASSWORD", outbox.password(),
            "CONSUMER_URL", consumer.url().toString(),
            "SPOOL_DIR", spool.toString()),
        "run");
  }

  private void awaitRows(StorePlace place, Child propagator, long rows)
      throws SQLException, InterruptedException {
    long begin = nanoTime.getAsLong();
    while (place.rows() < rows) {
      propagator.requireAlive();
      if (nanoTime.getAsLong() - begin > LONGEST.toNanos()) {
        throw new IllegalStateException("the outbox was not relayed within " + LONGEST);
      }
      Thread.sleep(LOOK);
    }
  }

  /** In microseconds, sorted, of the rows from number {@code first} on. */
  private static long[] lags(StorePlace place, OutboxWriters writers, long first)
      throws SQLException {
    try (Connection connection = place.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT event_id, received_time FROM event")) {
      long[] lags = new long[(int) (writers.rows() - first)];
      int count = 0;
      while (rows.next()) {
        int number = OutboxWriters.number(rows.getString(1));
        if (number >= first) {
          lags[count++] = Math.max(0, rows.getLong(2) - writers.committed(number));
        }
      }
      if (count != lags.length) {
        throw new IllegalStateException(count + " of " + lags.length + " rows are stored");
      }
      Arrays.sort(lags);
      return lags;
    }
  }

  private String[] row(StoreKind kind, int rate, long behind, long[] lags) {
    return new String[] {
      kind.title(),
      String.format(Locale.ROOT, "%,d", rate),
      String.format(
          Locale.ROOT, "%,.0f", lags.length / (effort.outbox().window().toMillis() / 1e3)),
      millis(lags[lags.length / 2]),
      millis(lags[(int) (lags.length * 0.99)]),
      millis(lags[lags.length - 1]),
      String.format(Locale.ROOT, "%,d", behind)
    };
  }

  private static String millis(long micros) {
    return String.format(Locale.ROOT, "%,.0f", micros / MICROS_PER_MILLI);
  }
}
