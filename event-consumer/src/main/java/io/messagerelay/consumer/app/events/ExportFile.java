package io.messagerelay.consumer.app.events;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/**
 * A file that has its name only when it is whole and on disk; until then it is called {@code
 * NAME.part}, and one that was not finished is removed. A crash leaves the part.
 */
final class ExportFile implements AutoCloseable {
  private final Path file;
  private final Path part;
  private final FileChannel channel;
  private final OutputStream stream;

  private ExportFile(Path file, Path part, FileChannel channel, OutputStream stream) {
    this.file = file;
    this.part = part;
    this.channel = channel;
    this.stream = stream;
  }

  /**
   * @throws FileAlreadyExistsException where it is there and may not be replaced
   */
  static ExportFile make(Path file, boolean replace) throws IOException {
    if (!replace && Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    FileChannel channel =
        FileChannel.open(
            part,
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
            asFileAttribute(fromString("rw-------")));
    OutputStream out = Channels.newOutputStream(channel);
    boolean gzip = file.getFileName().toString().endsWith(".gz");
    return new ExportFile(
        file, part, channel, new BufferedOutputStream(gzip ? new GZIPOutputStream(out) : out));
  }

  OutputStream stream() {
    return stream;
  }

  /** Gives it its name. */
  void finish() throws IOException {
    stream.flush();
    if (file.getFileName().toString().endsWith(".gz")) {
      stream.close();
      try (FileChannel again = FileChannel.open(part, StandardOpenOption.WRITE)) {
        again.force(true);
      }
    } else {
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(part);
  }
}
