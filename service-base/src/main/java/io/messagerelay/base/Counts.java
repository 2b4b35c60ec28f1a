package io.messagerelay.base;

import java.util.Locale;

/** {@code 1 dead letter}, {@code 1,200 dead letters}. */
public final class Counts {
  private Counts() {}

  public static String of(long count, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
  }
}
