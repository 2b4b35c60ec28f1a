package io.messagerelay.system;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Writes every n-th item to an outbox, some in each transaction. One transaction in forty stays
 * open for up to two seconds, so that its keys are below those that are committed meanwhile; one in
 * twenty is given up and made again.
 *
 * @param number of this client, from 0
 * @param clients how many there are
 * @param items of all of them
 * @param interval from one item of all to the next
 */
record OutboxClient(
    OutboxPlace place, int number, int clients, int items, Supplier<Duration> interval)
    implements Callable<Integer> {
  /** Makes an event's id of its item's number; the first is 1. */
  static final String ID = "row-%09d";

  private static final int MOST_ROWS = 20;
  private static final long LONGEST_NANOS = Duration.ofSeconds(2).toNanos();
  private static final String INSERT =
      "INSERT INTO outbox (event_id, event_type, event_payload, event_key) VALUES (?, ?, ?, ?)";

  static SampleData.Sample content(int item) {
    return ReplayProof.content(item);
  }

  @Override
  public Integer call() throws SQLException {
    var random = new SplittableRandom(number);
    int item = number + 1;
    try (Connection connection = place.door().connect();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      connection.setAutoCommit(false);
      while (item <= items) {
        int rows = Math.min(1 + random.nextInt(MOST_ROWS), (items - item) / clients + 1);
        write(insert, item, rows);
        if (random.nextInt(40) == 0) {
          LockSupport.parkNanos(random.nextLong(LONGEST_NANOS));
        }
        if (random.nextInt(20) == 0) {
          connection.rollback();
        } else {
          connection.commit();
          item += rows * clients;
        }
        LockSupport.parkNanos(interval.get().toNanos() * rows * clients);
      }
    }
    return number;
  }

  private void write(PreparedStatement insert, int first, int rows) throws SQLException {
    for (int i = 0; i < rows; i++) {
      int item = first + i * clients;
      SampleData.Sample sample = content(item);
      insert.setString(1, ID.formatted(item));
      insert.setString(2, sample.type());
      insert.setString(3, sample.payload());
      insert.setString(4, "key " + item % 100);
      insert.addBatch();
    }
    insert.executeBatch();
  }
}
