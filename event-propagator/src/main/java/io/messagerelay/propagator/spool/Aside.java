package io.messagerelay.propagator.spool;

import java.time.Instant;
import java.util.Optional;

/**
 * The part of a spool for events that fail again and again while others pass. One that is set aside
 * has left its lane and waits for its own next attempt; it is pending as before. Later events of
 * its key leave the lane too, as claims come upon them, and are not attempted: they come back to
 * their places when it has gone, whoever removed it. An event without a key holds up nobody.
 *
 * <p>As durable as the rest of the {@link Spool}. {@link #put} is for the thread of the event's
 * lane, {@link #claim} and {@link #defer} for one thread; they may be others.
 */
public interface Aside {

  /**
   * Sets an event aside that was claimed alone; nothing else of its lane may be under way.
   *
   * @param cause what it fails of, for a person
   * @param due its next attempt; at most {@link Spool#LONGEST_DELAY} from now
   */
  void put(SpooledEvent event, String cause, Instant due);

  /**
   * The one that has been due for longest, and counts an attempt before it returns; empty when none
   * is due. Until it is settled or deferred the next claim may give it again.
   */
  Optional<AsideEvent> claim();

  /** Puts it off, and keeps what is said of its failures. As {@link Spool#defer}. */
  void defer(AsideEvent event, Instant due);

  /** When the next one is due; empty when nothing is set aside. In the past: now. */
  Optional<Instant> due();
}
