package io.messagerelay.consumer.store;

import io.messagerelay.contract.Event;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Keeps events, each once. Positions order the events of one store: they are given in commit order,
 * without gaps, from 1, and never twice; the received time never goes back along them. Shared by
 * threads; {@link #append} is called by one thread of a process at a time, but several processes
 * may share a store.
 */
public interface EventStore {

  /** What became of one event of a group. */
  sealed interface Appended {
    /** Committed now. */
    record Stored(long position) implements Appended {}

    /** Committed before, with the same content. */
    record Duplicate(long position) implements Appended {}

    /** Its id was committed before with other content; that row is untouched. */
    record Conflict() implements Appended {}
  }

  /**
   * Stores a group in one transaction: when this returns, all of it is on disk. Ids may repeat in
   * the group; the first one counts.
   *
   * @return one result an event, in order
   * @throws StoreException when nothing of the group was stored, or when that is not known; its
   *     kind tells
   */
  List<Appended> append(List<Event> group) throws StoreException;

  Optional<StoredEvent> find(String eventId) throws StoreException;

  /** Events in the order of positions; costs the same however many are stored. */
  List<StoredEvent> page(Page page) throws StoreException;

  /**
   * Types of stored events, each once, with all that begin so among them; costs the same however
   * many events are stored.
   *
   * @param most the most types that it gives
   */
  List<String> types(String prefix, int most) throws StoreException;

  /** The first position received at or after this time; empty when there is none yet. */
  OptionalLong firstPositionSince(Instant time) throws StoreException;

  /** Names this store for as long as it lives; 32 lower-case hexadecimal digits. */
  String storeId();

  /**
   * Whether an append could commit now; tells by a commit of its own, so ask about once a second at
   * most.
   */
  boolean canCommit();
}
