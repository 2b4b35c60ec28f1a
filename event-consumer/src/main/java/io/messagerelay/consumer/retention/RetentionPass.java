package io.messagerelay.consumer.retention;

import io.messagerelay.consumer.retention.Sweep.Doomed;
import io.messagerelay.consumer.store.RetentionStore;
import io.messagerelay.consumer.store.StoreException;
import io.messagerelay.consumer.store.StoredEvent;
import io.messagerelay.consumer.store.Turn;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/**
 * Removes what the rules say at one moment, a batch a step. Used by one thread.
 *
 * <pre>
 *   take the turn → next cut → its oldest events (→ archive, on disk) → remove a batch → pause ─┐
 *                      ↑  └── none: all done       └── none: next cut          ↑                │
 *                      └───────────────────────────────────────────────────────┴────────────────┘
 * </pre>
 *
 * A crash anywhere leaves whole batches; the next pass begins anew.
 */
final class RetentionPass {
  /** What {@link #step} returns when nothing is left to do. */
  static final long DONE = -1;

  /** Of one transaction, for which intake may have to wait. */
  static final int BATCH = 200;

  /** Of one file of the archive. */
  static final int PIECE = 10_000;

  private static final int SLICE = 100;
  private static final long PIECE_CHARACTERS = 32L * 1024 * 1024;

  /** Without a sign of life for so long another may take the turn. */
  private static final Duration TURN = Duration.ofSeconds(60);

  /** After a batch that took some time, so many times that: others have the store meanwhile. */
  private static final int PAUSE = 2;

  private final RetentionStore store;
  private final Sweep sweep;
  private final Optional<Archive> archive;
  private final String holder;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Deque<Long> doomed = new ArrayDeque<>();
  private Optional<Doomed> current = Optional.empty();
  private long removed;
  private boolean lostTurn;

  /**
   * @param holder names this process among those that share the store
   * @param nanoTime a clock that only goes forward
   */
  RetentionPass(
      RetentionStore store,
      Sweep sweep,
      Optional<Archive> archive,
      String holder,
      Clock clock,
      LongSupplier nanoTime) {
    this.store = store;
    this.sweep = sweep;
    this.archive = archive;
    this.holder = holder;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /** Takes the turn; false while another process has it. */
  boolean begin() throws StoreException {
    return store.take(turn());
  }

  /** How many events it has removed so far. */
  long removed() {
    return removed;
  }

  /** Whether it ended because another process took the turn. */
  boolean lostTurn() {
    return lostTurn;
  }

  /**
   * Does the next piece of work.
   *
   * @return nanoseconds to leave the store alone, or {@link #DONE}
   */
  long step() throws StoreException, IOException {
    if (doomed.isEmpty() && !find()) {
      store.giveBack(holder);
      return DONE;
    }
    return doomed.isEmpty() ? 0 : removeBatch();
  }

  /** Looks at one cut; false when there is none any more. */
  private boolean find() throws StoreException, IOException {
    if (current.isEmpty()) {
      current = sweep.next();
      return current.isPresent();
    }
    int most = archive.isPresent() ? PIECE : BATCH;
    List<Long> oldest = store.oldest(current.get().cut(), most);
    if (oldest.isEmpty()) {
      current = Optional.empty();
    } else if (archive.isPresent()) {
      archive(archive.get(), oldest);
    } else {
      doomed.addAll(oldest);
    }
    return true;
  }

  private void archive(Archive to, List<Long> oldest) throws StoreException, IOException {
    var piece = new Piece(oldest);
    to.write(piece, holder);
    doomed.addAll(piece.read);
  }

  private long removeBatch() throws StoreException {
    List<Long> batch = new ArrayList<>(BATCH);
    while (batch.size() < BATCH && !doomed.isEmpty()) {
      batch.add(doomed.removeFirst());
    }
    long begun = nanoTime.getAsLong();
    OptionalInt gone = store.remove(turn(), batch);
    if (gone.isEmpty()) {
      lostTurn = true;
      return DONE;
    }
    removed += gone.getAsInt();
    return PAUSE * (nanoTime.getAsLong() - begun);
  }

  private Turn turn() {
    Instant now = clock.instant();
    return new Turn(holder, now, now.plus(TURN));
  }

  /** Reads a file's events, some at a time, until it is large enough. */
  private final class Piece implements Archive.Events {
    private final List<Long> positions;
    private final List<Long> read = new ArrayList<>();
    private long characters;

    private Piece(List<Long> positions) {
      this.positions = positions;
    }

    @Override
    public List<StoredEvent> next() throws StoreException {
      if (read.size() == positions.size() || characters >= PIECE_CHARACTERS) {
        return List.of();
      }
      int to = Math.min(positions.size(), read.size() + SLICE);
      List<Long> slice = positions.subList(read.size(), to);
      List<StoredEvent> events = store.read(slice);
      read.addAll(slice);
      events.forEach(event -> characters += event.event().payload().text().length());
      return events;
    }
  }
}
