package io.messagerelay.consumer.store;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * The right to open an embedded store, or to put another in its place: a lock on a file beside it.
 * Whoever opens one keeps it until he has a connection, by which SQLite tells that it is open. The
 * system lets go of it when the process ends in whatever way. The file stays.
 */
final class StoreTurn implements AutoCloseable {
  private final FileChannel channel;

  private StoreTurn(FileChannel channel) {
    this.channel = channel;
  }

  /** Waits for others. */
  static StoreTurn await(Path store) throws IOException {
    FileChannel channel = open(store);
    try {
      FileLock _ = channel.lock();
      return new StoreTurn(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Empty while another process has it. */
  static Optional<StoreTurn> tryTake(Path store) throws IOException {
    FileChannel channel = open(store);
    if (channel.tryLock() == null) {
      channel.close();
      return Optional.empty();
    }
    return Optional.of(new StoreTurn(channel));
  }

  private static FileChannel open(Path store) throws IOException {
    Path file = store.resolveSibling(store.getFileName() + ".lock");
    return FileChannel.open(file, Set.of(CREATE, WRITE), SqliteStore.OWNERS_FILE);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
