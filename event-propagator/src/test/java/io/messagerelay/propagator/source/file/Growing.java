package io.messagerelay.propagator.source.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/** A file that a program has open and appends to, whatever becomes of its name. */
final class Growing implements AutoCloseable {
  private final FileChannel out;

  private Growing(FileChannel out) {
    this.out = out;
  }

  /**
   * Makes an empty file, later than its folder and any other file in it, however slowly the clock
   * of the file system ticks.
   */
  static Growing create(Path path) throws IOException {
    FileTime now = madeNow(path);
    while (madeNow(path).equals(now)) {
      Thread.onSpinWait();
    }
    return new Growing(FileChannel.open(path, APPEND));
  }

  private static FileTime madeNow(Path path) throws IOException {
    Files.deleteIfExists(path);
    Files.createFile(path);
    return Files.readAttributes(path, BasicFileAttributes.class).creationTime();
  }

  Growing append(String text) throws IOException {
    out.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
    return this;
  }

  /** Whole lines, each an event with this for its payload. */
  Growing events(String... payloads) throws IOException {
    for (String payload : payloads) {
      append(event(payload) + "\n");
    }
    return this;
  }

  static String event(String payload) {
    return "{\"event_type\":\"t\",\"event_payload\":\"%s\"}".formatted(payload);
  }

  Growing truncate() throws IOException {
    return truncate(0);
  }

  Growing truncate(long size) throws IOException {
    out.truncate(size);
    return this;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
