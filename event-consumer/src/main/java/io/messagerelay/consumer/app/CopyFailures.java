package io.messagerelay.consumer.app;

import io.messagerelay.base.CommandException;
import io.messagerelay.base.ExitCodes;
import io.messagerelay.base.FileFaults;
import io.messagerelay.consumer.store.MysqlOptions;
import io.messagerelay.consumer.store.StoreInUseException;
import io.messagerelay.consumer.store.StoreOpeningException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;

/** What the commands that copy stores say, and end with, when they cannot. */
final class CopyFailures {
  private static final String PAGE = "; docs/backup-and-restore.md says the rest";

  private CopyFailures() {}

  static CommandException told(StoreOpeningException e) {
    return new CommandException(ExitCodes.UNAVAILABLE, String.valueOf(e.getMessage()));
  }

  static CommandException told(StoreInUseException e) {
    return new CommandException(ExitCodes.TRY_AGAIN, String.valueOf(e.getMessage()));
  }

  /**
   * @param what the command was about, where the failure names no file
   */
  static CommandException told(Object what, IOException e) {
    return e instanceof AccessDeniedException denied
        ? new CommandException(
            ExitCodes.NO_PERMISSION, String.valueOf(denied.getFile()) + ": permission denied")
        : new CommandException(
            ExitCodes.UNAVAILABLE, what + ": cannot be written: " + FileFaults.reason(e));
  }

  /** A database of a server is copied by the server's own programs. */
  static CommandException useDump(MysqlOptions store, Object file) {
    return new CommandException(
        ExitCodes.FAILED,
        "MYSQL_HOST is set, so the store is a database; copy it by: mysqldump"
            + server(store)
            + " --single-transaction --no-tablespaces --hex-blob --default-character-set=utf8mb4 "
            + quoted(store.database())
            + " > "
            + quoted(file.toString())
            + PAGE);
  }

  static CommandException loadDump(MysqlOptions store, Object file) {
    return new CommandException(
        ExitCodes.FAILED,
        "MYSQL_HOST is set, so the store is a database; load the dump into an empty one by: mysql"
            + server(store)
            + " "
            + quoted(store.database())
            + " < "
            + quoted(file.toString())
            + "; and then: event-consumer new-identity"
            + PAGE);
  }

  private static String server(MysqlOptions store) {
    return " --host=%s --port=%d --user=%s --password"
        .formatted(quoted(store.host()), store.port(), quoted(store.user()));
  }

  /** As a shell takes it for one word. */
  private static String quoted(String word) {
    return word.matches("[\\w./=+:,@%-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
