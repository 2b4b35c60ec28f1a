package io.messagerelay.propagator.source.file;

import io.messagerelay.base.FileFaults;
import io.messagerelay.contract.Sha256;
import io.messagerelay.propagator.loop.RateLimit;
import io.messagerelay.propagator.source.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Files to be replayed, known by their content: the same content is the same replay. */
public final class Replay {
  private static final int KEY_SIGNS = 12;

  private final List<Path> paths;
  private final long bytes;

  private Replay(List<Path> paths, long bytes) {
    this.paths = paths;
    this.bytes = bytes;
  }

  /**
   * Finds the files.
   *
   * @param typed files, folders and patterns
   * @param note told which files of a folder are left out
   * @throws SourceException when one is not there or is no file
   */
  public static Replay find(List<String> typed, Consumer<String> note) throws SourceException {
    List<Path> paths = new Inputs(note).expand(typed);
    long bytes = 0;
    for (Path path : paths) {
      bytes += attributes(path).size();
    }
    return new Replay(paths, bytes);
  }

  /** Of all files, as they lie on the disk. */
  public long bytes() {
    return bytes;
  }

  /** The files as a person named them, or how many they are. */
  public String title() {
    return paths.size() == 1
        ? paths.getFirst().toString()
        : "%d files, the first %s".formatted(paths.size(), paths.getFirst());
  }

  /**
   * Reads all of it once, for the hash from which ids are made.
   *
   * @param progress told how many bytes of the files lie behind
   * @throws SourceException when a file cannot be read, or is packed and damaged
   */
  public Known read(LongConsumer progress) throws SourceException {
    List<ReplayFile> files = new ArrayList<>();
    long before = 0;
    for (Path path : paths) {
      long behind = before;
      ReplayFile file = read(path, raw -> progress.accept(behind + raw));
      files.add(file);
      before += file.size();
    }
    return new Known(files);
  }

  private ReplayFile read(Path path, LongConsumer progress) throws SourceException {
    BasicFileAttributes attributes = attributes(path);
    return new ReplayFile(
        path, label(path), attributes.size(), attributes.lastModifiedTime(), hash(path, progress));
  }

  /** The file's name, or the whole path when another file has that name, too. */
  private String label(Path path) {
    String name = name(path);
    long namesakes = paths.stream().filter(other -> name(other).equals(name)).count();
    return namesakes == 1 ? name : path.toString();
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static String hash(Path path, LongConsumer progress) throws SourceException {
    MessageDigest digest = Sha256.digest();
    long read = 0;
    try (var content = FileContent.open(path, 0)) {
      byte[] block = new byte[ItemReader.BLOCK_BYTES];
      for (int size = content.read(block); size >= 0; size = content.read(block)) {
        digest.update(block, 0, size);
        read += size;
        progress.accept(content.rawBytes());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new SourceException(
          "%s cannot be read: %s, after %,d bytes of its content; nothing of it was sent"
              .formatted(path, FileFaults.reason(e), read),
          e);
    }
  }

  private static BasicFileAttributes attributes(Path path) throws SourceException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class);
    } catch (IOException e) {
      throw new SourceException(path + " cannot be read: " + FileFaults.reason(e), e);
    }
  }

  /** Files whose content was read. */
  public static final class Known {
    private final List<ReplayFile> files;

    private Known(List<ReplayFile> files) {
      this.files = files;
    }

    /** 12 hex digits: the same for the same contents, options and {@code more}. */
    public String key(ReplayOptions options, String more) {
      String contents = files.stream().map(ReplayFile::hash).collect(Collectors.joining(" "));
      byte[] all = (contents + " " + options.key() + " " + more).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(Sha256.digest().digest(all)).substring(0, KEY_SIGNS);
    }

    /**
     * @param perSecond how many items at most; 0 for as many as are wanted
     * @param nanoTime monotonic nanoseconds
     */
    public ReplaySource source(ReplayOptions options, int perSecond, LongSupplier nanoTime) {
      return new ReplaySource(new FileWalk(files), options, pace(perSecond, nanoTime));
    }
  }

  /**
   * A stream that can be read but once, and so is not resumed: its progress is never saved.
   *
   * @param in not closed
   */
  public static ReplaySource stream(
      InputStream in, ReplayOptions options, int perSecond, LongSupplier nanoTime) {
    return new ReplaySource(new StreamWalk(in), options, pace(perSecond, nanoTime));
  }

  private static RateLimit pace(int perSecond, LongSupplier nanoTime) {
    return perSecond == 0 ? RateLimit.unbounded() : RateLimit.of(perSecond, nanoTime);
  }
}
