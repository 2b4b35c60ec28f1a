package io.messagerelay.propagator.spool;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes its holder the one runner of a spool. Taken first and closed last, once in a process; the
 * system lets go of it when the process ends in whatever way. The file stays and names the process
 * that took it last.
 */
public final class RunnerLock implements AutoCloseable {
  private static final int PID_BYTES = 32;
  private static final Pattern PID = Pattern.compile("\\d{1,18}");

  /** The byte of the file whose lock makes a runner. */
  private static final long RUNS = 0;

  /** The byte that onlookers try, so that none of them keeps a runner from starting. */
  private static final long SHOWS = 1;

  private final FileChannel channel;

  private RunnerLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @param pid of this process, for the message to a second runner
   * @throws SpoolInUseException when another runner has the lock
   * @throws SpoolException when the folder cannot be used
   */
  public static RunnerLock take(SpoolFolder folder, long pid) {
    Path file = folder.lockFile();
    try {
      FileChannel channel =
          FileChannel.open(file, Set.of(CREATE, READ, WRITE), SpoolFolder.forOwner());
      if (!lock(channel)) {
        try (channel) {
          throw taken(holder(channel), folder);
        }
      }
      channel.truncate(0);
      channel.write(US_ASCII.encode(Long.toString(pid)));
      channel.lock(SHOWS, 1, false);
      return new RunnerLock(channel);
    } catch (IOException e) {
      throw SpoolFolder.unusable(folder.path(), e);
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(RUNS, 1, false) != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static SpoolException taken(Runner runner, SpoolFolder folder) {
    return new SpoolInUseException(
        "another %s is running on SPOOL_DIR %s; stop it or set another SPOOL_DIR"
            .formatted(runner, folder.path()));
  }

  /** Who has the lock, without taking it; for another process than the runner's. */
  static Optional<Runner> look(SpoolFolder folder) {
    try (FileChannel channel = FileChannel.open(folder.lockFile(), READ)) {
      return channel.tryLock(SHOWS, 1, true) == null
          ? Optional.of(holder(channel))
          : Optional.empty();
    } catch (NoSuchFileException neverTaken) {
      return Optional.empty();
    } catch (IOException e) {
      throw SpoolFolder.unreadable(folder.lockFile(), e);
    }
  }

  private static Runner holder(FileChannel channel) throws IOException {
    var bytes = ByteBuffer.allocate(PID_BYTES);
    channel.read(bytes, 0);
    String pid = US_ASCII.decode(bytes.flip()).toString().strip();
    return new Runner(
        PID.matcher(pid).matches() ? OptionalLong.of(Long.parseLong(pid)) : OptionalLong.empty());
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
