package io.messagerelay.propagator.source.outbox;

import java.io.IOException;
import java.sql.SQLException;

/** Why a database did not do what it was asked, in one line for a person. */
final class Reason {
  private Reason() {}

  /** What a driver says of a broken connection tells little; the deepest cause does. */
  static String of(SQLException e) {
    IOException broken = null;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException found) {
        broken = found;
      }
    }
    return broken == null
        ? line(e)
        : (broken.getClass().getSimpleName() + " " + line(broken)).strip();
  }

  private static String line(Exception e) {
    String message = e.getMessage();
    return message == null ? "" : message.lines().findFirst().orElse("");
  }
}
