package io.messagerelay.base;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The file that a command's {@code --out} names, for its owner alone, gzipped where its name ends
 * in {@code .gz}. It has its name only when it is whole and on disk; until then it is called {@code
 * NAME.part}, and one that was not finished is removed. A crash leaves the part. Used by one
 * thread.
 */
public final class OutputFile implements AutoCloseable {
  private static final String GZIPPED = ".gz";

  private final Path file;
  private final Path part;
  private final FileChannel channel;
  private final OutputStream stream;

  private OutputFile(Path file, Path part, FileChannel channel, OutputStream stream) {
    this.file = file;
    this.part = part;
    this.channel = channel;
    this.stream = stream;
  }

  /**
   * @throws FileAlreadyExistsException where it is there and may not be replaced
   */
  public static OutputFile make(Path file, boolean replace) throws IOException {
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
    return new OutputFile(
        file,
        part,
        channel,
        new BufferedOutputStream(isGzipped(file) ? new GZIPOutputStream(out) : out));
  }

  private static boolean isGzipped(Path file) {
    return file.toString().endsWith(GZIPPED);
  }

  public OutputStream stream() {
    return stream;
  }

  /** Gives it its name. */
  public void finish() throws IOException {
    stream.flush();
    if (isGzipped(file)) {
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

  /**
   * What to tell of output that could not be written.
   *
   * @param file {@code null} for standard output
   */
  public static CommandException failure(@Nullable Path file, IOException cause) {
    String where = file == null ? "standard output" : file.toString();
    return switch (cause) {
      case FileAlreadyExistsException _ ->
          new CommandException(
              ExitCodes.FAILED, "--out: %s is there already; --force replaces it".formatted(where));
      case AccessDeniedException _ ->
          new CommandException(
              ExitCodes.NO_PERMISSION, "%s cannot be written: permission denied".formatted(where));
      default ->
          new CommandException(
              ExitCodes.UNAVAILABLE, "%s cannot be written: %s".formatted(where, cause));
    };
  }
}
