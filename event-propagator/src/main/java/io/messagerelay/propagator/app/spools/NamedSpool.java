package io.messagerelay.propagator.app.spools;

import io.messagerelay.propagator.spool.Entry;
import io.messagerelay.propagator.spool.SpoolFolder;
import java.nio.file.Path;
import java.util.List;

/**
 * A spool by the name that commands give it: {@code main} for SPOOL_DIR itself, else its folder's.
 */
public record NamedSpool(String name, SpoolFolder folder) {
  private static final String MAIN = "main";

  /** All spools of SPOOL_DIR, the main one first. */
  public static List<NamedSpool> all(Path spoolDir) {
    return SpoolFolder.all(spoolDir).stream()
        .filter(folder -> folder.spoolFile().toFile().length() > 0)
        .map(folder -> of(folder, spoolDir))
        .toList();
  }

  /** One that is SPOOL_DIR, or in it. */
  public static NamedSpool of(SpoolFolder folder, Path spoolDir) {
    boolean isMain = folder.path().equals(spoolDir);
    return new NamedSpool(isMain ? MAIN : String.valueOf(folder.path().getFileName()), folder);
  }

  /** Where it lies in another folder that is laid out as SPOOL_DIR is. */
  SpoolFolder placeIn(Path dir) {
    return new SpoolFolder(name.equals(MAIN) ? dir : dir.resolve(name));
  }

  /** The name, but for its number, that the file gets when it is put aside. */
  Path asideIn(Path spoolDir) {
    return spoolDir.resolve(name.equals(MAIN) ? "spool.db" : name + ".db");
  }

  /** What an entry of it is called, whether or not it has an id: {@code main:3}. */
  String nameOf(Entry entry) {
    return nameOf(entry.seq());
  }

  String nameOf(long seq) {
    return name + ":" + seq;
  }
}
