package io.messagerelay.benchmarks.slowing;

import io.messagerelay.benchmarks.load.SampleEvents;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file to which a program appends events, a line each, of a thousand keys. For one thread. */
final class OfferedFile implements AutoCloseable {
  private static final int KEYS = 1_000;

  private final Path path;
  private final BufferedWriter lines;
  private int written;

  private OfferedFile(Path path, BufferedWriter lines) {
    this.path = path;
    this.lines = lines;
  }

  static OfferedFile make(Path folder) throws IOException {
    Path path = Files.createTempFile(folder, "offered-", ".ndjson");
    return new OfferedFile(path, Files.newBufferedWriter(path, StandardOpenOption.APPEND));
  }

  Path path() {
    return path;
  }

  /** How many events are in it. */
  long written() {
    return written;
  }

  void append(long events) throws IOException {
    for (long i = 0; i < events; i++) {
      lines.write(SampleEvents.line(written, "customer-" + written % KEYS));
      lines.newLine();
      written++;
    }
    lines.flush();
  }

  /** Removes it. */
  @Override
  public void close() throws IOException {
    lines.close();
    Files.delete(path);
  }
}
