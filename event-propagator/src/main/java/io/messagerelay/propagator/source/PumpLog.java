package io.messagerelay.propagator.source;

import io.messagerelay.contract.ShortId;
import io.messagerelay.propagator.spool.Books;
import io.messagerelay.propagator.spool.NewEntry;
import io.messagerelay.propagator.spool.Spool;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a person what is taken from a source and what hinders it, once each. For one thread, but
 * for {@link #isPaused}.
 */
final class PumpLog {
  private static final Logger LOG = LoggerFactory.getLogger(SourcePump.class);
  private static final Logger EVENTS = LoggerFactory.getLogger("io.messagerelay.events");

  /** Whether the spool takes more. */
  private enum Room {
    THERE,
    /** When some are delivered. */
    AWAITED,
    /** Nothing waits for delivery, so only a person can make room. */
    NONE_TO_COME,
    /** When others leave more of the disk. */
    DISK_LOW
  }

  private final String source;

  /** Written by the one thread. */
  private volatile Room room = Room.THERE;

  private String fault = "";

  PumpLog(String source) {
    this.source = source;
  }

  /** Whether the spool takes nothing more now. */
  boolean isPaused() {
    return room != Room.THERE;
  }

  /** Call when they are on disk. */
  void taken(List<NewEntry> entries) {
    if (room != Room.THERE) {
      room = Room.THERE;
      LOG.info("the spool has room again: taking from {} goes on", source);
    }
    entries.forEach(PumpLog::taken);
  }

  private static void taken(NewEntry entry) {
    switch (entry) {
      case NewEntry.Deliverable(var id, _, var place, _) when EVENTS.isInfoEnabled() ->
          EVENTS.info("taken {} from {}", ShortId.of(id), place);
      case NewEntry.Deliverable _ -> {}
      case NewEntry.Unusable(var place, _, var reasons) ->
          LOG.warn("dead letter from {}: {}", place, String.join("; ", reasons));
    }
  }

  /** The spool did not take these. */
  void full(Books books, List<NewEntry> wanted) {
    Room now = books.pending() > 0 ? Room.AWAITED : Room.NONE_TO_COME;
    if (now != room) {
      room = now;
      sayFull(books, wanted);
    }
  }

  private void sayFull(Books books, List<NewEntry> wanted) {
    if (room == Room.AWAITED) {
      LOG.warn(
          "the spool is full: it holds {} events that wait and {} dead letters, and nothing more is"
              + " taken from {} until some are delivered; SPOOL_MAX_BYTES is the bound",
          books.pending(),
          books.dead(),
          source);
    } else {
      LOG.error(
          "nothing more is taken from {}: the spool holds {} dead letters, and {} does not fit"
              + " beside them; resend or discard some (event-propagator dead-letters list), or"
              + " start again with a SPOOL_MAX_BYTES of {} or more",
          source,
          books.dead(),
          wanted.stream().findFirst().map(NewEntry::place).orElse("what follows"),
          bytesOf(books, wanted));
    }
  }

  /** The disk has less left than SPOOL_MIN_FREE. */
  void diskLow() {
    if (room != Room.DISK_LOW) {
      room = Room.DISK_LOW;
      LOG.error(
          "the disk of the spool has less left than SPOOL_MIN_FREE, and nothing more is taken from"
              + " {} until it has more; what was taken is delivered",
          source);
    }
  }

  /** What the spool would hold with these. */
  private static long bytesOf(Books books, List<NewEntry> wanted) {
    long bodies = wanted.stream().mapToLong(entry -> entry.body().length).sum();
    return books.bytes() + bodies + (books.dead() + wanted.size()) * Spool.OVERHEAD_BYTES;
  }

  void unreadable(SourceException cause) {
    String message = String.valueOf(cause.getMessage());
    if (!message.equals(fault)) {
      fault = message;
      LOG.warn("{} cannot be read, trying again: {}", source, message);
    }
  }

  void readable() {
    if (!fault.isEmpty()) {
      fault = "";
      LOG.info("{} can be read again", source);
    }
  }
}
