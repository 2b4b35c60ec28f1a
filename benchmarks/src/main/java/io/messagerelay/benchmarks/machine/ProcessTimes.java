package io.messagerelay.benchmarks.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What Linux tells of a process in {@code /proc} (proc_pid_stat(5), proc_pid_status(5)). */
public record ProcessTimes(long pid) {
  /** USER_HZ, which is 100 on every architecture that a JDK runs on. */
  private static final long MILLIS_PER_TICK = 10;

  private static final int KIB = 1024;
  private static final int UTIME = 11; // counted from behind the command's name
  private static final int STIME = 12;

  public static ProcessTimes ofThisProcess() {
    return new ProcessTimes(ProcessHandle.current().pid());
  }

  /** Processor time since its start, in user and kernel mode, all threads. */
  public Duration processorTime() {
    String stat = read("stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME]);
    return Duration.ofMillis(ticks * MILLIS_PER_TICK);
  }

  /** Bytes in memory now. */
  public long residentBytes() {
    return status("VmRSS:");
  }

  /** The most bytes that were ever in memory. */
  public long mostResidentBytes() {
    return status("VmHWM:");
  }

  /** The options of its JVM. */
  public String javaOptions() {
    return Arrays.stream(read("cmdline").split("\0", -1))
        .skip(1)
        .takeWhile(argument -> !argument.equals("-jar"))
        .collect(Collectors.joining(" "));
  }

  private long status(String name) {
    return read("status")
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("process " + pid + " tells no " + name));
  }

  private String read(String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), file));
    } catch (IOException e) {
      throw new UncheckedIOException("process " + pid + " is gone", e);
    }
  }
}
