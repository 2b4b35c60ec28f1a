package io.messagerelay.system;

import io.messagerelay.servers.TestDatabase;
import io.messagerelay.servers.TestServer;
import io.messagerelay.system.way.Way;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * An outbox in MySQL that four clients write to, some of them in transactions that stay open while
 * others commit, and that two propagators share.
 */
final class OutboxProof implements ProofSource {
  private static final int CLIENTS = 4;
  private static final int PROPAGATORS = 2;
  private static final Duration TO_STOP = Duration.ofMinutes(1);

  private final Installation site;
  private final int events;
  private final Way way;
  private final TestDatabase database = TestServer.shared().newDatabase();
  private final OutboxPlace place = OutboxPlace.in(database);
  private final Child[] latest = new Child[PROPAGATORS];
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<?>> writing = new ArrayList<>();

  OutboxProof(Installation site, int events, Way way) {
    this.site = site;
    this.events = events;
    this.way = way;
  }

  @Override
  public void prepare() {
    try {
      place.makeTables();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<Victim> start(StoredRows store, Pace pace) {
    List<Victim> victims = IntStream.range(0, PROPAGATORS).mapToObj(this::victim).toList();
    for (int i = 0; i < CLIENTS; i++) {
      var client = new OutboxClient(place, i, CLIENTS, events, () -> pace.interval(store.count()));
      writing.add(clients.submit(client));
    }
    return victims;
  }

  private Victim victim(int number) {
    return new Victim.OfService(
        Service.PROPAGATOR, propagator(number), () -> propagator(number), OutboxProof::relays);
  }

  private static boolean relays(Child propagator) {
    return propagator.output().contains(" relaying from ");
  }

  private Child propagator(int number) {
    Child child =
        site.start(Service.PROPAGATOR, way.settings(place.settings(spool(number))), "run");
    latest[number] = child;
    return child;
  }

  private static String spool(int number) {
    return "var/spool-" + number;
  }

  private static long pending(Path spool) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + spool);
        Statement statement = connection.createStatement();
        ResultSet books = statement.executeQuery("SELECT pending FROM books")) {
      return books.next() ? books.getLong(1) : 0;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read " + spool, e);
    }
  }

  /** Every row is written, stored and done, and both propagators have stopped well. */
  @Override
  public void awaitEnd(Duration atMost) {
    writing.forEach(OutboxProof::get);
    try (var store = site.rows()) {
      Waiting.until("every row is stored", atMost, () -> store.count() >= events);
    }
    Waiting.until("every row is done", atMost, () -> place.rows() == 0);
    for (int i = 0; i < PROPAGATORS; i++) {
      Path spool = site.folder().resolve(spool(i)).resolve("spool.db");
      Waiting.until("nothing waits in " + spool, atMost, () -> pending(spool) == 0);
    }
    for (Child each : latest) {
      // a JVM that is not up yet knows no clean end
      Waiting.until("the last one relays", atMost, () -> relays(each));
      each.terminate();
      int exit = each.waitFor(TO_STOP);
      if (exit != 0) {
        throw new IllegalStateException("event-propagator ended with " + exit);
      }
    }
  }

  /**
   * A row is taken a second time by the propagator that takes over before the other has removed it;
   * so more may be taken than there are rows, but no more are stored.
   */
  @Override
  public Verdict judge() {
    try (var store = site.rows();
        var api = new ConsumerApi(site.consumerUrl())) {
      String token = api.token(Installation.ACCOUNT, Installation.PASSWORD);
      var count =
          new StoredOnce(events, OutboxClient.ID, OutboxClient::content, _ -> StoredOnce.NO_KEY);
      store.each(count::row);
      api.each(token, event -> count.listed(StoredEvent.listed(event)));
      return count.verdict(List.of(books(latest[0]), books(latest[1])));
    }
  }

  private static BooksLine books(Child propagator) {
    return BooksLine.in(propagator.lines()).orElseThrow();
  }

  @Override
  public void close() {
    clients.shutdownNow();
    database.close();
  }

  private static void get(Future<?> client) {
    try {
      client.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a client of the outbox failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
