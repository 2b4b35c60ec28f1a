package io.messagerelay.propagator.spool;

import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Why a spool's file cannot be used, for a person. */
final class SpoolFault {
  private SpoolFault() {}

  static SpoolException cannotOpen(Path path, Exception cause) {
    if (cause instanceof SQLiteException sqlite
        && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_NOTADB) {
      return SpoolSchema.noSpool(path);
    }
    return new SpoolException(
        "the spool %s cannot be opened: %s; set SPOOL_DIR to a folder that can be written"
            .formatted(path, cause.getMessage()),
        cause);
  }

  static SpoolException cannotRead(Path path, SQLException cause) {
    if (cause instanceof SQLiteException sqlite
        && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_NOTADB) {
      return SpoolSchema.noSpool(path);
    }
    return Files.isReadable(path)
        ? new SpoolException(
            "the spool %s cannot be read: %s".formatted(path, cause.getMessage()), cause)
        : SpoolFolder.unreadable(path, new AccessDeniedException(path.toString()));
  }
}
