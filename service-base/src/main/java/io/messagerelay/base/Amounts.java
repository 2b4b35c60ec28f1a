package io.messagerelay.base;

import java.time.Duration;
import java.util.Locale;

/** Sizes and spans of time as a person reads them, three digits or so. */
public final class Amounts {
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB"};

  private Amounts() {}

  /** {@code 512 bytes}, {@code 12.5 MiB}. */
  public static String bytes(long count) {
    if (count < 1024) {
      return count + " bytes";
    }
    double amount = count / 1024.0;
    int unit = 0;
    while (amount >= 1000 && unit < UNITS.length - 1) {
      amount /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
  }

  /** {@code 7 s}, {@code 12 min}, {@code 3 h}, {@code 40 d}; rounded down. */
  public static String time(Duration span) {
    if (span.compareTo(Duration.ofMinutes(2)) < 0) {
      return span.toSeconds() + " s";
    }
    if (span.compareTo(Duration.ofHours(2)) < 0) {
      return span.toMinutes() + " min";
    }
    return span.compareTo(Duration.ofDays(2)) < 0 ? span.toHours() + " h" : span.toDays() + " d";
  }
}
