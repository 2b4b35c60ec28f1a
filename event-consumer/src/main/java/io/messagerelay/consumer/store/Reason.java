package io.messagerelay.consumer.store;

import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Why a database did not do what it was asked, in one line for a person. */
final class Reason {
  private Reason() {}

  /** What MySQL's driver says of a broken connection is long and tells nothing; its cause does. */
  static String of(SQLException e) {
    IOException io = cause(e, IOException.class);
    String message = io == null ? e.getMessage() : io.getMessage();
    String line = message == null ? "" : message.lines().findFirst().orElse("");
    return io == null ? line : (io.getClass().getSimpleName() + " " + line).strip();
  }

  static boolean has(SQLException e, Class<? extends Throwable> kind) {
    return cause(e, kind) != null;
  }

  /** The deepest cause of this kind. */
  private static <T extends Throwable> @Nullable T cause(Throwable thrown, Class<T> kind) {
    @Nullable T found = null;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        found = kind.cast(cause);
      }
    }
    return found;
  }
}
