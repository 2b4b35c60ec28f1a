package io.messagerelay.propagator.spool;

import io.messagerelay.base.NewFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A copy of a spool at one moment. It has its name when it is whole, proved and on disk; a crash
 * leaves a file that ends in {@code .part}.
 *
 * @param books what they say in it
 * @param bytes of the file
 */
public record SpoolCopy(Books books, long bytes) {

  /**
   * Backs a spool up, beside its runner or without one: all that was taken before the call is in
   * the copy, unless it was settled. Nobody waits for it.
   *
   * @param into a folder that is there
   * @throws SpoolException when it cannot be copied, or the copy is not sound
   */
  public static SpoolCopy make(SpoolFolder spool, SpoolFolder into) {
    requireReadable(spool.spoolFile());
    try (SpoolFile from = SpoolFile.openToCopy(spool.spoolFile());
        NewFile copy = NewFile.make(into.spoolFile())) {
      SpoolCopy made = fill(from, copy);
      copy.finish();
      return made;
    } catch (IOException e) {
      throw cannotWrite(into.spoolFile(), e);
    }
  }

  /** The new file is not finished when it returns. */
  static SpoolCopy fill(SpoolFile from, NewFile copy) throws IOException {
    from.copyTo(copy.part());
    return new SpoolCopy(proved(from.path(), copy.part()), Files.size(copy.part()));
  }

  private static Books proved(Path from, Path copy) {
    try (SpoolFile file = SpoolFile.openBackup(copy)) {
      var auditor = new Auditor(file);
      List<String> problems =
          SpoolSchema.isCurrent(file) ? auditor.audit().problems() : auditor.damages();
      if (!problems.isEmpty()) {
        throw new SpoolException(
            "a copy of the spool %s is not sound: %s".formatted(from, String.join("; ", problems)));
      }
      return new BooksRow(file).read();
    }
  }

  static void requireReadable(Path file) {
    if (Files.exists(file) && !Files.isReadable(file)) {
      throw SpoolFolder.unreadable(file, new AccessDeniedException(file.toString()));
    }
  }

  static SpoolException cannotWrite(Path file, IOException cause) {
    return new SpoolException(
        switch (cause) {
          case FileAlreadyExistsException _ -> "%s is there already".formatted(file);
          case AccessDeniedException _ -> "%s cannot be written: permission denied".formatted(file);
          default -> "%s cannot be written: %s".formatted(file, cause);
        },
        cause);
  }
}
