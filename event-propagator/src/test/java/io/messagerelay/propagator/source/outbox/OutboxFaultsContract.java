package io.messagerelay.propagator.source.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.messagerelay.propagator.source.Polled;
import io.messagerelay.propagator.source.SourceException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an outbox does when its server does not do what it shall, on a server of its own. */
abstract class OutboxFaultsContract {

  /** A server that can be killed. */
  interface Server extends AutoCloseable {
    OutboxPlace newPlace();

    void kill();

    void start();

    @Override
    void close();
  }

  private final Server server = server();
  private final OutboxPlace place = server.newPlace();

  @SuppressWarnings("NullAway.Init") // before each
  private OutboxSource source;

  abstract Server server();

  @BeforeEach
  void open() {
    OutboxTable table = place.make(Done.DELETE);
    source = new OutboxSource(place.server(), table, "one", System::nanoTime);
  }

  @AfterEach
  void close() {
    source.close();
    server.close();
  }

  @Test
  void a_killed_server_is_an_exception_until_it_is_back_and_nothing_is_lost() throws Exception {
    place.execute("INSERT INTO outbox (event_type, event_payload) VALUES ('t', 'a'), ('t', 'b')");
    Polled first = source.poll(null, 1);
    server.kill();

    assertThatThrownBy(() -> source.poll(first.progress(), 1)).isInstanceOf(SourceException.class);
    assertThatThrownBy(() -> source.poll(first.progress(), 1))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("refused");
    server.start();

    var polled = new AtomicReference<Polled>();
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(
            () -> {
              polled.set(source.poll(first.progress(), 500));
              return !polled.get().items().isEmpty();
            });
    assertThat(OutboxContract.bodies(polled.get())).containsExactly(OutboxContract.event("b"));
    assertThat(place.query("SELECT id FROM outbox")).containsExactly("2");
  }

  @Test
  void a_row_that_another_holds_is_an_exception_within_the_time_for_locks() throws Exception {
    place.execute("INSERT INTO outbox (event_type, event_payload) VALUES ('t', 'a')");
    Polled first = source.poll(null, 500);
    try (Connection other = place.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("UPDATE outbox SET event_type = 'u'");

      long begun = System.nanoTime();
      assertThatThrownBy(() -> source.poll(first.progress(), 500))
          .isInstanceOf(SourceException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
      other.rollback();
    }
    assertThat(source.poll(first.progress(), 500).items()).isEmpty();
    assertThat(place.query("SELECT id FROM outbox")).isEmpty();
  }

  @Test
  void a_table_that_is_gone_is_named() throws Exception {
    source.poll(null, 500);
    place.execute("DROP TABLE outbox");
    assertThatThrownBy(() -> source.poll(null, 500)).isInstanceOf(SourceException.class);
    assertThatThrownBy(() -> source.poll(null, 500))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("there is no table")
        .hasMessageContaining("CREATE TABLE");
  }
}
