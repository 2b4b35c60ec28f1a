package io.messagerelay.consumer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.messagerelay.consumer.intake.GroupCommit;
import io.messagerelay.consumer.intake.IntakeResult;
import io.messagerelay.consumer.intake.IntakeResult.Committed;
import io.messagerelay.consumer.intake.IntakeResult.Deferred;
import io.messagerelay.consumer.intake.IntakeResult.Outcome;
import io.messagerelay.consumer.intake.IntakeResult.Reason;
import io.messagerelay.consumer.intake.QueueLimits;
import io.messagerelay.contract.Event;
import io.messagerelay.servers.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * A store on a server that something will happen to, behind an intake, and senders who ask again
 * until they are told that all is stored.
 */
final class FaultedStore implements AutoCloseable {
  /** The two seconds that are promised, and one for a machine that has other things to do. */
  static final Duration SOON = Duration.ofSeconds(3);

  private static final Duration BACK = Duration.ofSeconds(60);

  private final TestDatabase place;
  private final Database database;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final GroupCommit intake;
  private final Set<String> sent = new LinkedHashSet<>();

  private FaultedStore(TestDatabase place, Database database) {
    this.place = place;
    this.database = database;
    this.intake =
        new GroupCommit(database.events(), QueueLimits.DEFAULT, System::nanoTime, threads);
    intake.start();
  }

  static FaultedStore open(TestDatabase place, int port) throws StoreOpeningException {
    MysqlOptions direct = TestStores.options(place);
    MysqlOptions options =
        new MysqlOptions(
            direct.host(),
            port,
            direct.database(),
            direct.user(),
            direct.password(),
            new MysqlTls(MysqlTls.Mode.DISABLED, direct.tls().authority()),
            direct.startTimeout(),
            direct.acceptWeakDurability());
    return new FaultedStore(
        place, MysqlStore.open(options, Clock.systemUTC(), System::nanoTime, new Random(1)));
  }

  static FaultedStore open(TestDatabase place) throws StoreOpeningException {
    return open(place, place.port());
  }

  EventStore events() {
    return database.events();
  }

  RefreshTokenStore refreshTokens() {
    return database.refreshTokens();
  }

  /** Its size, as it says. */
  long bytes() throws StoreException {
    return database.bytes();
  }

  /** These are sent once, and their sender waits. */
  CompletableFuture<IntakeResult> send(List<Event> request) {
    request.forEach(event -> sent.add(event.id()));
    return intake.submit(request).toCompletableFuture().orTimeout(30, TimeUnit.SECONDS);
  }

  /** Sends, and is told in time why it must ask again. */
  Reason putOff(List<Event> request) throws Exception {
    long begin = System.nanoTime();
    IntakeResult result = send(request).get();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
    assertThat(result).isInstanceOf(Deferred.class);
    return ((Deferred) result).reason();
  }

  /** Sends, and is told at the first time that all was stored by this request. */
  void stored(List<Event> request) throws Exception {
    assertThat(send(request).get())
        .isInstanceOfSatisfying(
            Committed.class,
            committed ->
                assertThat(committed.outcomes()).hasOnlyElementsOfType(Outcome.Stored.class));
  }

  /** Asks again until all is stored; that happens by itself once the fault is over. */
  void untilStored(List<Event> request) {
    await()
        .atMost(BACK)
        .pollDelay(Duration.ZERO)
        .until(() -> send(request).get() instanceof Committed);
  }

  /** Everything works, and whatever was ever sent is there once, without gaps. */
  void assertWell() throws Exception {
    List<Event> request = TestEvents.events("well" + sent.size(), 0, 3);
    untilStored(request);
    await().atMost(BACK).until(() -> database.events().canCommit());
    await()
        .atMost(BACK)
        .ignoreExceptionsInstanceOf(StoreException.class)
        .until(() -> database.events().find(request.getLast().id()).isPresent());
    try (Connection connection = place.connect();
        Statement statement = connection.createStatement()) {
      assertThat(column(statement, "SELECT event_id FROM event"))
          .containsExactlyInAnyOrderElementsOf(sent);
      assertThat(column(statement, "SELECT id FROM event ORDER BY id"))
          .containsExactlyElementsOf(
              LongStream.rangeClosed(1, sent.size()).mapToObj(Long::toString).toList());
      assertThat(column(statement, "SELECT next FROM event_position"))
          .containsExactly(Integer.toString(sent.size() + 1));
    }
    assertThat(intake.isAccepting()).isTrue();
    await().atMost(BACK).until(() -> intake.counts().waitingEvents() == 0);
    assertThat(intake.counts().waitingBytes()).isZero();
  }

  private static List<String> column(Statement statement, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  @Override
  public void close() {
    intake.close();
    database.close();
    threads.close();
  }
}
