package io.messagerelay.propagator.spool;

/** Another runner has the spool. The message names the folder and, where it is known, who. */
public final class SpoolTakenException extends SpoolException {
  private static final long serialVersionUID = 1L;

  private final String holder;

  SpoolTakenException(String holder, SpoolFolder folder) {
    super(
        "another %s is running on SPOOL_DIR %s; stop it or set another SPOOL_DIR"
            .formatted(holder, folder.path()));
    this.holder = holder;
  }

  /** {@code event-propagator (process 4711)}. */
  public String holder() {
    return holder;
  }
}
