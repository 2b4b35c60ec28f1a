package io.messagerelay.propagator.spool;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** The disk that a spool lies on. */
final class Disk {
  private final FileStore store;

  private Disk(FileStore store) {
    this.store = store;
  }

  static Disk of(Path file) {
    try {
      return new Disk(Files.getFileStore(file));
    } catch (IOException e) {
      throw SpoolFolder.unreadable(file, e);
    }
  }

  /** Whether so many bytes are left for this user. */
  boolean hasFree(long bytes) {
    try {
      return store.getUsableSpace() >= bytes;
    } catch (IOException e) {
      throw new SpoolException("the disk of the spool does not say what is left of it", e);
    }
  }
}
