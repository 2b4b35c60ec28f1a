package io.messagerelay.consumer.app;

import io.messagerelay.consumer.auth.AccessTokens;
import io.messagerelay.consumer.auth.LoginThrottle;
import io.messagerelay.consumer.auth.RefreshTokens;
import io.messagerelay.consumer.auth.SigningKey;
import io.messagerelay.consumer.auth.TokenEndpoint;
import io.messagerelay.consumer.auth.TokenTerms;
import io.messagerelay.consumer.http.SseFrames;
import io.messagerelay.consumer.intake.GroupCommit;
import io.messagerelay.consumer.overview.CommitTimes;
import io.messagerelay.consumer.query.EventList;
import io.messagerelay.consumer.refusal.RefusalLog;
import io.messagerelay.consumer.retention.Retention;
import io.messagerelay.consumer.stats.EventStats;
import io.messagerelay.consumer.store.Database;
import io.messagerelay.consumer.store.EventStore;
import io.messagerelay.consumer.store.StoreOpeningException;
import io.messagerelay.consumer.tail.StoreReads;
import io.messagerelay.consumer.tail.Streams;
import io.messagerelay.consumer.tail.Tail;
import io.messagerelay.contract.EventIds;
import io.messagerelay.contract.EventJson;
import io.messagerelay.contract.EventRules;
import io.messagerelay.contract.ItemKey;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;

/**
 * event-consumer, put together: all that stands behind its endpoints. The one place where clocks
 * and randomness come from. Whoever opened it closes it.
 *
 * <pre>
 *   EventResource → EventJson → GroupCommit → EventStore ← EventList ← EventListResource
 *   EventStreams  → Streams · Tail → EventList
 *   TokenResource → TokenEndpoint → RefreshTokenStore
 * </pre>
 *
 * @param intake started with {@link #start}, as all that works beside the requests
 */
record EventConsumer(
    ConsumerSettings settings,
    Database database,
    Optional<SchemaWatch> schemas,
    RefusalLog refusals,
    EventJson json,
    GroupCommit intake,
    CommitTimes commits,
    EventStats stats,
    Retention retention,
    EventList list,
    Streams streams,
    StoreReads reads,
    Tail tail,
    AccessTokens accessTokens,
    TokenEndpoint tokenEndpoint)
    implements AutoCloseable {
  /** Fewer than the store has connections for reading: the list finds one free. */
  private static final int STREAM_READS = 2;

  static EventConsumer open(ConsumerSettings settings, MeterRegistry meters)
      throws StoreOpeningException {
    Clock clock = Clock.systemUTC();
    var random = new SecureRandom();
    SigningKey key = settings.tokens().key();
    String issuer = settings.tokens().issuer();

    Optional<SchemaWatch> schemas = settings.schemas().map(at -> new SchemaWatch(at.open()));
    Database database = settings.store().open(clock, System::nanoTime, random);
    var commits = new CommitTimes();
    EventStore store = new MeteredStore(database.events(), meters, commits);
    var list = new EventList(database.events(), clock);
    var reads = new StoreReads(list, streamReads());
    var streams =
        new Streams(
            settings.streams(),
            Thread.ofVirtual().name("stream").factory(),
            clock,
            System::nanoTime);
    var tail =
        new Tail(
            list,
            reads,
            new SseFrames(),
            settings.streams().heartbeat(),
            streams,
            System::nanoTime);
    Executor answers = Executors.newVirtualThreadPerTaskExecutor();
    var intake =
        new GroupCommit(
            store,
            settings.queue(),
            System::nanoTime,
            answer -> {
              answers.execute(answer);
              tail.committed();
            });

    var accounts = settings.account().accounts();
    var throttle = new LoginThrottle(settings.failedLoginsPerMinute(), System::nanoTime);
    var access =
        new AccessTokens(key, new TokenTerms(issuer, settings.tokens().access()), clock, random);
    var refresh =
        new RefreshTokens(
            key,
            new TokenTerms(issuer, settings.tokens().refresh()),
            database.refreshTokens(),
            clock,
            random);

    return new EventConsumer(
        settings,
        database,
        schemas,
        new RefusalLog(database.refusals(), settings.refusals(), clock),
        new EventJson(
            new EventIds(clock, random),
            ItemKey.OWN,
            schemas.<EventRules>map(watch -> watch.schemas()).orElse(EventRules.BUILT_IN)),
        intake,
        commits,
        new EventStats(database.counts(), clock),
        retention(settings, database, clock, random),
        list,
        streams,
        reads,
        tail,
        access,
        new TokenEndpoint(accounts, throttle, access, refresh));
  }

  /** For a process of its own; the random holder tells it from the others of the store. */
  static Retention retention(
      ConsumerSettings settings, Database database, Clock clock, RandomGenerator random) {
    return new Retention(
        settings.retention().rules(),
        database.events(),
        database.retention(),
        settings.retention().archive(),
        Long.toHexString(random.nextLong()),
        clock,
        System::nanoTime);
  }

  private static Executor streamReads() {
    return Executors.newFixedThreadPool(
        STREAM_READS, Thread.ofPlatform().name("stream-read-", 0).daemon().factory());
  }

  /** Starts what works beside the requests; once. */
  void start() {
    schemas.ifPresent(SchemaWatch::start);
    refusals.start();
    intake.start();
    tail.start();
    retention.start();
  }

  /** Ends the live streams, takes nothing more and waits until what was accepted is answered. */
  void drain() {
    streams.drain();
    intake.drain(settings.drain().forIntake());
  }

  @Override
  public void close() {
    schemas.ifPresent(SchemaWatch::close);
    retention.close();
    intake.close();
    refusals.close();
    database.close();
  }
}
