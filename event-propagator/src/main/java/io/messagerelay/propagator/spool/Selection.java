package io.messagerelay.propagator.spool;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which entries of a {@link Shelf} are meant: those that fit everything that is asked.
 *
 * @param ids any of these, or of {@code seqs}; where both are empty, neither is asked
 * @param reason is in a dead letter's status and reasons, as {@link Entry.State.Dead#why} has them
 * @param type the {@code event_type} that the body says
 * @param since when it was taken, or died; inclusive
 * @param until exclusive
 */
public record Selection(
    Set<String> ids,
    Set<Long> seqs,
    Optional<String> reason,
    Optional<String> type,
    Optional<String> source,
    Optional<Instant> since,
    Optional<Instant> until) {

  public static final Selection ALL =
      new Selection(
          Set.of(),
          Set.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public Selection {
    ids = Set.copyOf(ids);
    seqs = Set.copyOf(seqs);
  }

  /** The same, and before this moment. */
  public Selection until(Instant moment) {
    Instant earlier = until.filter(asked -> asked.isBefore(moment)).orElse(moment);
    return new Selection(ids, seqs, reason, type, source, since, Optional.of(earlier));
  }

  public boolean isAll() {
    return equals(ALL);
  }
}
