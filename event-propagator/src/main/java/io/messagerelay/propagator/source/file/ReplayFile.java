package io.messagerelay.propagator.source.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * A file whose content is known.
 *
 * @param label its name, for a person
 * @param size as it lies on the disk
 * @param modified when it was changed last
 * @param hash of the content, unpacked: SHA-256 in hex
 */
record ReplayFile(Path path, String label, long size, FileTime modified, String hash) {
  private static final int HASH_IN_IDS = 16;
  private static final int ITEM_DIGITS = 12;

  /** The id of an item that brings none; the first is 1. */
  String idOf(long item) {
    String digits = Long.toString(item);
    return hash.substring(0, HASH_IN_IDS)
        + "-"
        + "0".repeat(Math.max(0, ITEM_DIGITS - digits.length()))
        + digits;
  }

  /** Whether it looks as it did when its content was read. */
  boolean isUnchanged() throws IOException {
    var now = Files.readAttributes(path, BasicFileAttributes.class);
    return now.size() == size && now.lastModifiedTime().equals(modified);
  }
}
