package io.messagerelay.benchmarks.relaying;

import io.messagerelay.benchmarks.load.SampleEvents;
import io.messagerelay.servers.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Four clients of a database that write rows to its outbox at a steady rate, in transactions of
 * some rows. Used by one thread.
 */
final class OutboxWriters {
  private static final int CLIENTS = 4;
  private static final int ROWS = 10;
  private static final int MOST_ROWS = 4_000_000;
  private static final String INSERT =
      "INSERT INTO outbox (event_id, event_type, event_payload, event_key) VALUES "
          + "(?, ?, ?, ?), ".repeat(ROWS - 1)
          + "(?, ?, ?, ?)";

  private final TestDatabase database;
  private final long nanosPerTransaction;
  private final LongSupplier nanoTime;
  private final Clock clock;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicLongArray committed = new AtomicLongArray(MOST_ROWS);

  /**
   * @param rate rows/s of all clients together
   */
  OutboxWriters(TestDatabase database, int rate, LongSupplier nanoTime, Clock clock) {
    this.database = database;
    this.nanosPerTransaction = (long) (1e9 * ROWS * CLIENTS / rate);
    this.nanoTime = nanoTime;
    this.clock = clock;
  }

  /** How many rows were written so far; their numbers begin at 0. */
  long rows() {
    return next.get();
  }

  /** When the row's transaction was committed, in microseconds since the epoch. */
  long committed(int number) {
    return committed.get(number);
  }

  static int number(String eventId) {
    return Integer.parseInt(eventId.substring(eventId.lastIndexOf('-') + 1));
  }

  /** Writes for so long. */
  void write(Duration time) throws Exception {
    List<Future<?>> clients = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      long end = nanoTime.getAsLong() + time.toNanos();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(
            threads.submit(
                () -> {
                  writeUntil(end);
                  return CLIENTS;
                }));
      }
    }
    for (Future<?> client : clients) {
      client.get();
    }
  }

  /** A transaction that is late is made up for, as users do not wait for each other. */
  private void writeUntil(long end) throws SQLException {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
        long due = nanoTime.getAsLong();
        while (due - end < 0) {
          LockSupport.parkNanos(due - nanoTime.getAsLong());
          int[] numbers = fill(insert);
          insert.executeUpdate();
          connection.commit();
          long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
          Arrays.stream(numbers).forEach(number -> committed.set(number, now));
          due += nanosPerTransaction;
        }
      }
    }
  }

  private int[] fill(PreparedStatement insert) throws SQLException {
    int[] numbers = new int[ROWS];
    int at = 1;
    for (int i = 0; i < ROWS; i++) {
      numbers[i] = next.getAndIncrement();
      insert.setString(at++, "outbox-%09d".formatted(numbers[i]));
      insert.setString(at++, SampleEvents.type(numbers[i]));
      insert.setString(at++, SampleEvents.PAYLOAD);
      insert.setString(at++, "customer-" + numbers[i] % 1_000);
    }
    return numbers;
  }
}
