package io.messagerelay.base;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The file that a command's {@code --out} names, gzipped where its name ends in {@code .gz}. As a
 * {@link NewFile} it has its name only when it is whole and on disk. Used by one thread.
 */
public final class OutputFile implements AutoCloseable {
  private final NewFile file;
  private final OutputStream stream;

  private OutputFile(NewFile file, OutputStream stream) {
    this.file = file;
    this.stream = stream;
  }

  /**
   * @throws FileAlreadyExistsException where it is there and may not be replaced
   */
  public static OutputFile make(Path path, boolean replace) throws IOException {
    NewFile file = replace ? NewFile.replacing(path) : NewFile.make(path);
    OutputStream out = Files.newOutputStream(file.part());
    boolean gzipped = path.toString().endsWith(".gz");
    return new OutputFile(
        file, new BufferedOutputStream(gzipped ? new GZIPOutputStream(out) : out));
  }

  public OutputStream stream() {
    return stream;
  }

  /** Gives it its name. */
  public void finish() throws IOException {
    stream.close();
    file.finish();
  }

  @Override
  public void close() throws IOException {
    try (file) {
      stream.close();
    }
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
