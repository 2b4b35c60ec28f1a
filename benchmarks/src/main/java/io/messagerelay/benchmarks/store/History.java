package io.messagerelay.benchmarks.store;

import io.messagerelay.benchmarks.load.ShopEvents;
import io.messagerelay.consumer.store.Database;
import io.messagerelay.consumer.store.StoreException;
import io.messagerelay.consumer.store.StoreOpeningException;
import io.messagerelay.contract.Event;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/**
 * What a week has left in a store: {@link ShopEvents}, appended as event-consumer appends them, so
 * that the counts by hour are right, too. All but the last fiftieth were received in even steps of
 * a week that ends ten minutes before the history began to be written; the last fiftieth in the ten
 * minutes before it was written.
 *
 * @param rows how many; a multiple of {@value #GROUP}, as that many are received at once
 * @param begin of the week
 */
public record History(long rows, Instant begin, Clock clock) {
  private static final int GROUP = 1_000;
  private static final int RECENT_SHARE = 50;
  private static final Duration RECENT = Duration.ofMinutes(10);
  private static final Duration WEEK = Duration.ofDays(7);

  /** One that has not been written yet. */
  public static History of(long rows, Clock clock) {
    return new History(rows, clock.instant().minus(RECENT).minus(WEEK), clock);
  }

  /** When the row at this position was received; of the last fiftieth it is not told. */
  public Instant receivedAt(long position) {
    return begin.plus(WEEK.multipliedBy(position).dividedBy(rows));
  }

  /** Writes it to all of these at the same time, each of which is empty. */
  public void writeTo(Collection<StorePlace> places) throws InterruptedException {
    List<Future<?>> writers = new ArrayList<>();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      for (StorePlace place : places) {
        writers.add(
            threads.submit(
                () -> {
                  writeTo(place);
                  return place;
                }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a store could not be filled", e.getCause());
    }
  }

  private void writeTo(StorePlace place) throws StoreOpeningException, StoreException {
    var time = new SetClock();
    time.now = begin;
    try (Database database = OpenStore.of(place.settings(), time)) {
      long recent = rows - rows / RECENT_SHARE;
      write(database, 1, recent, receivedAt(1), receivedAt(recent), time);
      Instant now = clock.instant();
      write(database, recent + 1, rows, now.minus(RECENT), now, time);
    }
  }

  private static void write(
      Database database, long first, long last, Instant from, Instant to, SetClock time)
      throws StoreException {
    Duration span = Duration.between(from, to);
    for (long position = first; position <= last; position += GROUP) {
      time.now = from.plus(span.multipliedBy(position - first).dividedBy(last - first + 1));
      long end = Math.min(last, position + GROUP - 1);
      List<Event> group =
          LongStream.rangeClosed(position, end).mapToObj(ShopEvents::event).toList();
      var _ = database.events().append(group);
    }
  }

  /** For the thread that sets it. */
  private static final class SetClock extends Clock {
    private Instant now = Instant.EPOCH;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("times of a store are in UTC");
    }
  }
}
