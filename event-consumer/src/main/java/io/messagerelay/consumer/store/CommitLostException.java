package io.messagerelay.consumer.store;

import java.sql.SQLException;

/** The answer to a COMMIT did not come, or was an error: it may have happened or not. */
final class CommitLostException extends SQLException {
  private static final long serialVersionUID = 1L;

  CommitLostException(SQLException cause) {
    super(Reason.of(cause), cause);
  }
}
