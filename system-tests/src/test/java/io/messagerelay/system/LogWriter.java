package io.messagerelay.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A program that writes events to a file, one a line, each in two pieces, and renames the file now
 * and then. Runs on a thread of its own.
 */
final class LogWriter implements Runnable {
  private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();

  private final Path path;
  private final JsonNode events;
  private final int perFile;

  /**
   * @param path of the file
   * @param events an array
   * @param perFile how many are written before the file is renamed
   */
  LogWriter(Path path, JsonNode events, int perFile) {
    this.path = path;
    this.events = events;
    this.perFile = perFile;
  }

  @Override
  public void run() {
    try {
      for (int from = 0; from < events.size(); from += perFile) {
        if (from > 0) {
          Files.move(path, path.resolveSibling("app.log." + from));
        }
        writeFile(from, Math.min(from + perFile, events.size()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeFile(int from, int to) throws IOException {
    try (FileChannel out = FileChannel.open(path, CREATE, APPEND)) {
      for (int i = from; i < to; i++) {
        byte[] line = (events.get(i) + "\n").getBytes(UTF_8);
        int half = line.length / 2;
        out.write(ByteBuffer.wrap(line, 0, half));
        LockSupport.parkNanos(PAUSE_NANOS);
        out.write(ByteBuffer.wrap(line, half, line.length - half));
      }
    }
  }
}
