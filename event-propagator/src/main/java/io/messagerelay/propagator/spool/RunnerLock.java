package io.messagerelay.propagator.spool;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.Set;

/**
 * Makes its holder the one runner of a spool. Taken first and closed last, once in a process; the
 * system lets go of it when the process ends in whatever way. The file stays and names the process
 * that took it last.
 */
public final class RunnerLock implements AutoCloseable {
  private static final int PID_BYTES = 32;

  private final FileChannel channel;

  private RunnerLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @param pid of this process, for the message to a second runner
   * @throws SpoolTakenException when another runner has the lock
   * @throws SpoolException when the folder cannot be used
   */
  public static RunnerLock take(SpoolFolder folder, long pid) {
    Path file = folder.lockFile();
    try {
      FileChannel channel =
          FileChannel.open(file, Set.of(CREATE, READ, WRITE), SpoolFolder.forOwner());
      if (!lock(channel)) {
        try (channel) {
          throw new SpoolTakenException(holder(readPid(channel)), folder);
        }
      }
      channel.truncate(0);
      channel.write(US_ASCII.encode(Long.toString(pid)));
      return new RunnerLock(channel);
    } catch (IOException e) {
      throw SpoolFolder.unusable(folder.path(), e);
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static String holder(String pid) {
    return "event-propagator" + (pid.isEmpty() ? "" : " (process " + pid + ")");
  }

  private static String readPid(FileChannel channel) throws IOException {
    var bytes = ByteBuffer.allocate(PID_BYTES);
    channel.read(bytes, 0);
    return US_ASCII.decode(bytes.flip()).toString().strip();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new SpoolException("the lock of the spool cannot be released", e);
    }
  }
}
