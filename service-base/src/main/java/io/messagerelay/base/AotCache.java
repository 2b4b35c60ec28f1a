package io.messagerelay.base;

import org.jspecify.annotations.Nullable;

/** Whether this JVM started from the cache of loaded classes that {@code bin/train-aot} makes. */
public enum AotCache {
  USED("AOT cache used"),
  /** Made by another Java, for other jars or with other flags; the JVM has said which. */
  NOT_USED("AOT cache not used"),
  NONE("no AOT cache");

  /** Which file {@code bin/exec-jar} has told the JVM to use. */
  private static final String FILE = "messagerelay.aotcache";

  private final String words;

  AotCache(String words) {
    this.words = words;
  }

  public static AotCache ofThisJvm() {
    return of(System.getProperty(FILE), System.getProperty("java.vm.info", ""));
  }

  /**
   * @param vmInfo HotSpot's: {@code mixed mode, sharing} when it runs on the archive of classes it
   *     was given; it falls back to no other
   */
  static AotCache of(@Nullable String file, String vmInfo) {
    if (file == null) {
      return NONE;
    }
    return vmInfo.contains("sharing") ? USED : NOT_USED;
  }

  @Override
  public String toString() {
    return words;
  }
}
