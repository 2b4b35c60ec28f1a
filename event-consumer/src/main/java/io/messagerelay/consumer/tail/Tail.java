package io.messagerelay.consumer.tail;

import io.messagerelay.consumer.query.Cursor;
import io.messagerelay.consumer.query.EventList;
import io.messagerelay.consumer.query.EventQuery;
import io.messagerelay.consumer.store.StoreException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The store's end, for all who follow it.
 *
 * <pre>
 *   store → Watcher → Ring ─→ Following → Outlet    a reader at the head
 *     └──────── StoreReads ─→ Following → Outlet    one that is behind it
 * </pre>
 *
 * Shared by threads.
 */
public final class Tail {
  /** What the newest events may take. */
  static final long RING_BYTES = 8L * 1024 * 1024;

  private final StoreReads reads;
  private final Frames frames;
  private final Duration heartbeat;
  private final Ring ring;
  private final Watcher watcher;

  /**
   * @param heartbeat a stream is silent for no longer
   * @param readers are woken when there may be something new for them
   * @param nanoTime a clock that only goes forward, in nanoseconds
   */
  public Tail(
      EventList list,
      StoreReads reads,
      Frames frames,
      Duration heartbeat,
      Readers readers,
      LongSupplier nanoTime) {
    this(list, reads, frames, heartbeat, RING_BYTES, readers, nanoTime);
  }

  Tail(
      EventList list,
      StoreReads reads,
      Frames frames,
      Duration heartbeat,
      long ringBytes,
      Readers readers,
      LongSupplier nanoTime) {
    this.ring = new Ring(ringBytes);
    this.reads = reads;
    this.frames = frames;
    this.heartbeat = heartbeat;
    this.watcher = new Watcher(list, ring, frames, readers, nanoTime);
  }

  /** Starts to look; once. The thread ends with the process. */
  public void start() {
    watcher.start();
  }

  /** This process has stored something. Never blocks. */
  public void committed() {
    watcher.wake();
  }

  /** Tests look when they like. */
  Watcher watcher() {
    return watcher;
  }

  /** What the newest events take. */
  long ringBytes() {
    return ring.bytes();
  }

  /**
   * Follows from the query's cursor, or from the newest event on where it has none. Blocks on the
   * store.
   *
   * @param query ascending and without an end; its limit does not matter
   */
  public Content follow(EventQuery query) throws StoreException {
    long newest = reads.read(Newest::positionIn);
    Cursor given = query.cursor();
    Cursor start = given == null ? new Cursor(reads.storeId(), newest, true) : given;
    watcher.follow();
    return new Following(query, start, ring, frames, reads, heartbeat.toNanos(), watcher::leave);
  }
}
