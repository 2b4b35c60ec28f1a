package io.messagerelay.system;

import io.messagerelay.system.way.Way;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What a proof relays, how it is taken, and what must be stored of it. Used by one thread. */
interface ProofSource extends AutoCloseable {

  /** As it is typed. */
  enum Kind {
    RANDOM,
    REPLAY,
    OUTBOX;

    /** One of so many events, whose propagators reach the consumer by this way. */
    ProofSource of(Installation site, int events, Way way) {
      return switch (this) {
        case RANDOM -> new RandomProof(site, events, way);
        case REPLAY -> new ReplayProof(site, events, way);
        case OUTBOX -> new OutboxProof(site, events, way);
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Makes what will be relayed. */
  void prepare();

  /**
   * Starts what takes and relays it.
   *
   * @param store tells how far it is
   * @return the processes, to be killed
   */
  List<Victim> start(StoredRows store, Pace pace);

  /** Waits until all is relayed; to end in another way than well is thrown. */
  void awaitEnd(Duration atMost);

  /** Compares what was taken with what is stored. */
  Verdict judge();

  @Override
  default void close() {}
}
