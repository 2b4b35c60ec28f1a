package io.messagerelay.propagator.spool;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;

/**
 * The file in which a person leaves word for a runner about its log. Only who owns the spool can
 * leave it: the file is for its owner alone, so the runner could not read another's.
 */
record LogNoteFile(Path file) {

  /** What is there now. */
  LogNote read() {
    try {
      return WantedLog.of(NoteFile.parse(Files.readAllBytes(file)))
          .<LogNote>map(LogNote.Wanted::new)
          .orElseGet(LogNote.None::new);
    } catch (NoSuchFileException e) {
      return new LogNote.None();
    } catch (IOException e) {
      return new LogNote.Unread(file, owner(), SpoolFolder.reason(e));
    }
  }

  private String owner() {
    try {
      return Files.getOwner(file).getName();
    } catch (IOException e) {
      return "somebody";
    }
  }

  /**
   * Replaces it as a whole.
   *
   * @param spool the file whose owner shall be able to read it
   * @throws SpoolException when that is not the user of this process; nothing has changed then
   * @throws IOException when it cannot be written
   */
  void write(WantedLog log, Path spool) throws IOException {
    Path next = NoteFile.next(file, log.members());
    try {
      requireSame(Files.getOwner(next), Files.getOwner(spool), spool);
    } catch (SpoolException | IOException e) {
      Files.deleteIfExists(next);
      throw e;
    }
    NoteFile.put(next, file);
  }

  static void requireSame(UserPrincipal writer, UserPrincipal reader, Path spool) {
    if (!writer.equals(reader)) {
      throw new SpoolException(
          "%s belongs to %s, and what runs on it could not read what %s leaves there; run this command as %2$s"
              .formatted(spool, reader.getName(), writer.getName()),
          new AccessDeniedException(spool.toString()));
    }
  }

  void remove() throws IOException {
    Files.deleteIfExists(file);
  }
}
