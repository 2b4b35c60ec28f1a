package io.messagerelay.benchmarks.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** What the measurement runs on. */
public final class Machine {
  private static final int FLUSHES = 200;
  private static final int BLOCK = 4096;
  private static final double MIB_IN_KIB = 1024;

  private Machine() {}

  public static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  /**
   * What a reader must know of it, by name.
   *
   * @param folder where stores and spools are
   */
  public static Map<String, String> description(Path folder, LongSupplier nanoTime)
      throws IOException {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("processor", processors() + " cores of " + valueIn("/proc/cpuinfo", "model name"));
    all.put("memory", memory());
    all.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    all.put(
        "disk",
        String.format(
            Locale.ROOT,
            "%s; a 4 KiB write with its flush takes %.2f ms",
            Files.getFileStore(folder).type(),
            flushMillis(folder, nanoTime)));
    all.put(
        "Java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    return all;
  }

  private static String memory() throws IOException {
    long kib = Long.parseLong(valueIn("/proc/meminfo", "MemTotal").replaceAll("\\D", ""));
    return Math.round(kib / MIB_IN_KIB / MIB_IN_KIB) + " GiB";
  }

  private static String valueIn(String file, String name) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("not known");
    }
  }

  /** The median. */
  private static double flushMillis(Path folder, LongSupplier nanoTime) throws IOException {
    Path file = Files.createTempFile(folder, "flush", null);
    long[] nanos = new long[FLUSHES];
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (int i = 0; i < FLUSHES; i++) {
        long begin = nanoTime.getAsLong();
        channel.write(ByteBuffer.allocate(BLOCK));
        channel.force(false);
        nanos[i] = nanoTime.getAsLong() - begin;
      }
    }
    Files.delete(file);
    Arrays.sort(nanos);
    return nanos[FLUSHES / 2] / 1e6;
  }
}
