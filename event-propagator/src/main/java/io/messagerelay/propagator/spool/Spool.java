package io.messagerelay.propagator.spool;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was taken until it was stored or refused. Everything that returns has been flushed to
 * disk; a crash in between leaves the state before or the state after, never a mixture, and the
 * {@link Books} change in the same transaction as what they count. Shared by threads. A failed
 * write or flush is thrown as {@link SpoolException} and is final: the process stops, and a restart
 * loses nothing.
 */
public interface Spool extends AutoCloseable {

  /** What a kept event takes besides its body, as counted against the spool's bound. In bytes. */
  long OVERHEAD_BYTES = 256;

  /**
   * The longest that an event is put off. One that is put off for longer was so by a clock that has
   * been set back since, or by another machine's.
   */
  Duration LONGEST_DELAY = Duration.ofMinutes(61);

  /** Whether the items were taken. */
  enum Take {
    TAKEN,
    /** They would not fit below the bound; nothing was taken. */
    FULL,
    /** The disk has less left than it is to keep free; nothing was taken. */
    DISK_LOW
  }

  /**
   * Takes the items of a source, together with its progress: all of them, or none.
   *
   * @param progress saved for {@link #progress}; {@code null} leaves the saved one alone
   */
  Take take(String source, List<NewEntry> entries, @Nullable String progress);

  /** The progress that was saved with the last items of this source. */
  Optional<String> progress(String source);

  /**
   * The oldest events of a lane, in the order they were taken, up to the first that is not due, and
   * counts an attempt for each before it returns. Nothing is lent out: until they are settled or
   * deferred, the next claim gives the same ones again, so a lane is for one thread. Those whose
   * key waits for an event that was set {@link #aside} are passed over, so a claim may be empty
   * although the lane is due; ask again. When such ones have come back, they are given by a claim
   * from 0 on, and any other is empty until then.
   *
   * @param afterSeq 0; or the last of those that were claimed before and are still under way
   * @param atMost how many; at least one is returned however large it is
   * @param maxBytes the sum of their bodies
   */
  List<SpooledEvent> claim(int lane, long afterSeq, int atMost, long maxBytes);

  /**
   * Takes back the claim on the lane's events after {@code seq}: they were not sent, and no attempt
   * counts.
   */
  void release(int lane, long seq);

  /** When the lane's oldest event is due; empty when the lane is empty. In the past: now. */
  Optional<Instant> due(int lane);

  /** Settles events for good; each leaves the lane. */
  void settle(List<? extends Settlement> settlements);

  /**
   * Puts events off until {@code due}, at most {@link #LONGEST_DELAY} from now; they keep their
   * place. Should the clock be set back meanwhile, every event is due at once.
   */
  void defer(List<SpooledEvent> events, Instant due);

  /** Where events wait that fail while others pass. */
  Aside aside();

  Books books();

  /** What the dead letters take of the spool's bound. In bytes. */
  long deadBytes();

  /**
   * Dead letters, oldest first, after {@code afterSeq} (0 for the first), at most {@code limit}.
   */
  List<DeadLetter> deadLetters(long afterSeq, int limit);

  @Override
  void close();
}
