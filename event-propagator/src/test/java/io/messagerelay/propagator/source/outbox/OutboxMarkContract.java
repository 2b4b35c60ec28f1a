package io.messagerelay.propagator.source.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.propagator.source.Polled;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds whether rows are deleted or marked. */
abstract class OutboxMarkContract {
  private static final int WRITERS = 4;
  private static final int TRANSACTIONS = 50;
  private static final long SEED = 5;

  private final OutboxPlace place = place();

  /** A new one. */
  abstract OutboxPlace place();

  @AfterEach
  void close() {
    place.close();
  }

  @Test
  void marked_rows_stay_and_are_not_taken_again() throws Exception {
    OutboxTable table = place.make(Done.MARK);
    place.execute("INSERT INTO outbox (event_type, event_payload) VALUES ('t', 'a'), ('t', 'b')");
    Polled last;
    try (var source = new OutboxSource(place.server(), table, "one", System::nanoTime)) {
      Polled polled = source.poll(null, 1);
      last = source.poll(polled.progress(), 1);
      assertThat(last.items()).hasSize(1);
      assertThat(place.query("SELECT id FROM outbox WHERE done_at IS NULL")).containsExactly("2");
    }
    try (var source = new OutboxSource(place.server(), table, "two", System::nanoTime)) {
      assertThat(source.poll(last.progress(), 500).items()).isEmpty();
    }
    assertThat(place.query("SELECT id FROM outbox WHERE done_at IS NULL")).isEmpty();
    assertThat(place.query("SELECT id FROM outbox")).hasSize(2);
    assertThat(
            place.query(
                "SELECT COUNT(*) FROM outbox WHERE done_at BETWEEN CURRENT_TIMESTAMP"
                    + " - INTERVAL '1' HOUR AND CURRENT_TIMESTAMP + INTERVAL '1' HOUR"))
        .containsExactly("2");
  }

  @ParameterizedTest
  @EnumSource(Done.class)
  void every_row_of_concurrent_writers_is_taken_once_whenever_it_is_committed(Done done)
      throws Exception {
    OutboxTable table = place.make(done);
    List<String> written = Collections.synchronizedList(new ArrayList<>());
    List<String> taken = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        var source = new OutboxSource(place.server(), table, "one", System::nanoTime)) {
      List<? extends Future<?>> writers =
          IntStream.range(0, WRITERS)
              .mapToObj(i -> threads.submit(() -> write(i, written)))
              .toList();
      @Nullable String progress = null;
      boolean ended = false;
      while (!ended || progress != null) {
        ended = writers.stream().allMatch(Future::isDone);
        progress = drain(source, progress, taken);
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      drainForASecond(source, taken);
    }
    assertThat(taken).as("seed %d", SEED).containsExactlyInAnyOrderElementsOf(written);
  }

  private static @Nullable String drain(
      OutboxSource source, @Nullable String progress, List<String> taken) throws Exception {
    Polled polled = source.poll(progress, 20);
    taken.addAll(OutboxContract.bodies(polled));
    return polled.progress();
  }

  /** A row that came late is found within a second. */
  private static void drainForASecond(OutboxSource source, List<String> taken) throws Exception {
    long begun = System.nanoTime();
    @Nullable String progress = null;
    while (System.nanoTime() - begun < 1_500_000_000L) {
      progress = drain(source, progress, taken);
    }
  }

  private @Nullable Void write(int writer, List<String> written) throws Exception {
    var random = new Random(SEED + writer);
    try (Connection connection = place.connect()) {
      connection.setAutoCommit(false);
      for (int i = 0; i < TRANSACTIONS; i++) {
        List<String> payloads = new ArrayList<>();
        for (int k = 0; k <= random.nextInt(5); k++) {
          String payload = writer + "-" + i + "-" + k;
          insert(connection, payload);
          payloads.add(OutboxContract.event(payload));
        }
        if (random.nextInt(10) == 0) {
          connection.rollback();
        } else {
          connection.commit();
          written.addAll(payloads);
        }
      }
    }
    return null;
  }

  private static void insert(Connection connection, String payload) throws Exception {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO outbox (event_type, event_payload) VALUES ('t', ?)")) {
      insert.setString(1, payload);
      insert.executeUpdate();
    }
  }
}
