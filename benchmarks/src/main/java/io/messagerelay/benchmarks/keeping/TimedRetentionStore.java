package io.messagerelay.benchmarks.keeping;

import io.messagerelay.consumer.store.Cut;
import io.messagerelay.consumer.store.RetentionStore;
import io.messagerelay.consumer.store.StoreException;
import io.messagerelay.consumer.store.StoredEvent;
import io.messagerelay.consumer.store.Turn;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * Times the transactions of a pass, and of a pass that archives the files that it writes: from the
 * first event that is read for one to the first transaction that removes some of it. For one
 * thread.
 */
final class TimedRetentionStore implements RetentionStore {
  private static final long NOT_BEGUN = -1;

  private final RetentionStore store;
  private final LongSupplier nanoTime;
  private final Histogram removals = new Histogram(3);
  private final Histogram files = new Histogram(3);
  private long fileBegun = NOT_BEGUN;

  TimedRetentionStore(RetentionStore store, LongSupplier nanoTime) {
    this.store = store;
    this.nanoTime = nanoTime;
  }

  /** Of the transactions that removed something, in nanoseconds. */
  Histogram removals() {
    return removals;
  }

  /** Of the files, in nanoseconds. */
  Histogram files() {
    return files;
  }

  @Override
  public List<StoredEvent> read(List<Long> positions) throws StoreException {
    if (fileBegun == NOT_BEGUN) {
      fileBegun = nanoTime.getAsLong();
    }
    return store.read(positions);
  }

  @Override
  public OptionalInt remove(Turn turn, List<Long> positions) throws StoreException {
    long begun = nanoTime.getAsLong();
    if (fileBegun != NOT_BEGUN) {
      files.recordValue(begun - fileBegun);
      fileBegun = NOT_BEGUN;
    }
    OptionalInt removed = store.remove(turn, positions);
    removals.recordValue(nanoTime.getAsLong() - begun);
    return removed;
  }

  @Override
  public long lastPosition() throws StoreException {
    return store.lastPosition();
  }

  @Override
  public Optional<String> typeAfter(String type) throws StoreException {
    return store.typeAfter(type);
  }

  @Override
  public List<Long> oldest(Cut cut, int limit) throws StoreException {
    return store.oldest(cut, limit);
  }

  @Override
  public long count(Cut cut, long atMost) throws StoreException {
    return store.count(cut, atMost);
  }

  @Override
  public boolean take(Turn turn) throws StoreException {
    return store.take(turn);
  }

  @Override
  public void giveBack(String holder) throws StoreException {
    store.giveBack(holder);
  }
}
