package io.messagerelay.benchmarks.posting;

import io.messagerelay.benchmarks.load.Answers;
import io.messagerelay.benchmarks.load.ClosedLoop;
import io.messagerelay.benchmarks.load.EventRequests;
import io.messagerelay.benchmarks.load.TimeOrderedIds;
import io.messagerelay.benchmarks.machine.Machine;
import io.messagerelay.benchmarks.machine.ProcessTimes;
import io.messagerelay.benchmarks.report.Figure;
import io.messagerelay.benchmarks.report.Samples;
import io.messagerelay.benchmarks.service.Consumer;
import io.messagerelay.benchmarks.service.Consumer.Groups;
import io.messagerelay.benchmarks.service.Site;
import io.messagerelay.benchmarks.store.StorePlace;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Sends events to one event-consumer and looks at it, at its database and at the load itself
 * meanwhile. Not shared by threads.
 */
final class Posting implements AutoCloseable {
  private static final double MIB = 1024 * 1024;

  private final Consumer consumer;
  private final StorePlace place;
  private final TimeOrderedIds ids;
  private final LongSupplier nanoTime;
  private final String token;
  private long answered;

  private Posting(
      Consumer consumer,
      StorePlace place,
      TimeOrderedIds ids,
      LongSupplier nanoTime,
      String token) {
    this.consumer = consumer;
    this.place = place;
    this.ids = ids;
    this.nanoTime = nanoTime;
    this.token = token;
  }

  /**
   * Starts an event-consumer on this store; both are ended by {@link #close}.
   *
   * @param javaOptions for its JVM; may be empty
   */
  static Posting start(
      Site site, StorePlace place, String javaOptions, TimeOrderedIds ids, LongSupplier nanoTime)
      throws IOException, InterruptedException {
    try {
      Consumer consumer = Consumer.start(site, place.settings(), javaOptions);
      return new Posting(consumer, place, ids, nanoTime, consumer.token());
    } catch (IOException | InterruptedException | RuntimeException e) {
      place.close();
      throw e;
    }
  }

  /** What the processes had used at one moment. */
  private record Used(Duration service, Duration server, Duration generator) {
    static Used now(ProcessTimes service, Optional<ProcessTimes> server) {
      return new Used(
          service.processorTime(),
          server.map(ProcessTimes::processorTime).orElse(Duration.ZERO),
          ProcessTimes.ofThisProcess().processorTime());
    }
  }

  /**
   * Runs a load, first to warm up, then for the time that counts.
   *
   * @param events how many a request carries
   */
  <T> void measure(
      T thing, Samples<T> samples, int connections, int events, Duration warmUp, Duration window)
      throws IOException, InterruptedException {
    var requests = new EventRequests(token, events, ids);
    Groups groups = consumer.groups();
    try (var loop = ClosedLoop.open(consumer.port(), connections, requests, nanoTime)) {
      loop.run(warmUp);
      Optional<ProcessTimes> server = place.server();
      Used before = Used.now(consumer.times(), server);
      Answers answers = loop.run(window);
      Used after = Used.now(consumer.times(), server);
      samples.add(thing, Figure.RESIDENT, consumer.times().residentBytes() / MIB);
      loop.drain();
      answered += loop.eventsAnswered();
      samples.add(thing, Figure.RATE, answers.perSecond() * events);
      samples.add(thing, Figure.P50, answers.percentile(50));
      samples.add(thing, Figure.P99, answers.percentile(99));
      double all = answers.runSeconds() * Machine.processors();
      samples.add(thing, Figure.SERVICE_SHARE, share(before.service, after.service, all));
      samples.add(thing, Figure.SERVER_SHARE, share(before.server, after.server, all));
      samples.add(thing, Figure.GENERATOR_SHARE, share(before.generator, after.generator, all));
    }
    samples.add(thing, Figure.GROUP, consumer.groups().meanSince(groups));
  }

  private static double share(Duration before, Duration after, double all) {
    return after.minus(before).toMillis() / 1e3 / all;
  }

  /** The most memory that the service ever had, in MiB. */
  double mostResident() {
    return consumer.times().mostResidentBytes() / MIB;
  }

  /**
   * Every event that was answered for is in the store.
   *
   * @throws IllegalStateException when it is not so
   */
  void requireAllStored() throws SQLException {
    requireRows(answered);
  }

  /**
   * @throws IllegalStateException when the store has other than so many rows
   */
  void requireRows(long expected) throws SQLException {
    long rows = place.rows();
    if (rows != expected) {
      throw new IllegalStateException(
          "%,d events were answered with 2xx, %,d rows are in the store, not %,d"
              .formatted(answered, rows, expected));
    }
  }

  @Override
  public void close() {
    consumer.close();
    place.close();
  }
}
