package io.messagerelay.consumer.intake;

import static io.messagerelay.consumer.store.TestEvents.events;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.intake.IntakeResult.Committed;
import io.messagerelay.consumer.query.Cursor;
import io.messagerelay.consumer.query.EventFilter;
import io.messagerelay.consumer.query.EventList;
import io.messagerelay.consumer.query.EventPage;
import io.messagerelay.consumer.query.EventQuery;
import io.messagerelay.consumer.store.Database;
import io.messagerelay.consumer.store.SqliteStore;
import io.messagerelay.consumer.store.StoredEvent;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writers at work and a reader who follows the list, on a real file. */
final class FollowingReaderTest {
  private static final int WRITERS = 8;
  private static final int EVENTS_A_WRITER = 1_500;

  @TempDir Path folder;

  @Test
  void sees_every_event_once_and_in_order_while_eight_write() throws Exception {
    long seed = new Random().nextLong();
    try (Database database = SqliteStore.open(folder.resolve("store.db"), Clock.systemUTC());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        GroupCommit intake =
            new GroupCommit(database.events(), QueueLimits.DEFAULT, System::nanoTime, threads)) {
      intake.start();
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        writers.add(threads.submit(() -> write(intake, writer, new Random(seed + writer))));
      }

      List<StoredEvent> seen = follow(new EventList(database.events(), InstantSource.system()));
      for (Future<?> writer : writers) {
        writer.get();
      }

      assertThat(seen.stream().map(StoredEvent::position))
          .as("seed %s", seed)
          .containsExactlyElementsOf(
              LongStream.rangeClosed(1, WRITERS * EVENTS_A_WRITER).boxed().toList());
      Set<String> ids = new HashSet<>();
      seen.forEach(event -> ids.add(event.event().id()));
      assertThat(ids).as("seed %s", seed).hasSize(seen.size());
      assertThat(seen.stream().map(StoredEvent::receivedTime).toList())
          .as("seed %s", seed)
          .isSorted();
    }
  }

  /** Requests of 1 to 20 events, one after the other; one in ten is sent twice. */
  private static void write(GroupCommit intake, int writer, Random random) {
    int sent = 0;
    while (sent < EVENTS_A_WRITER) {
      int end = Math.min(EVENTS_A_WRITER, sent + 1 + random.nextInt(20));
      var request = events("w" + writer, sent, end);
      for (int times = random.nextInt(10) == 0 ? 2 : 1; times > 0; times--) {
        assertThat(intake.submit(request).toCompletableFuture().join())
            .isInstanceOf(Committed.class);
      }
      sent = end;
    }
  }

  private static List<StoredEvent> follow(EventList list) throws Exception {
    List<StoredEvent> seen = new ArrayList<>();
    @Nullable Cursor cursor = null;
    Instant deadline = Instant.now().plusSeconds(60);
    while (seen.size() < WRITERS * EVENTS_A_WRITER && Instant.now().isBefore(deadline)) {
      EventPage page = list.read(new EventQuery(137, true, EventFilter.ALL, null, null, cursor));
      seen.addAll(page.events());
      cursor = page.next() == null ? cursor : page.next();
    }
    return seen;
  }
}
