package io.messagerelay.propagator.spool;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small file that a runner leaves for commands, or they for it: a JSON object of texts, for its
 * owner alone. It is replaced as a whole, so a crash leaves the one before or the one after. What
 * cannot be written is said once and stops nothing. Shared by threads.
 */
final class NoteFile {
  private static final Logger LOG = LoggerFactory.getLogger(NoteFile.class);
  private static final JsonFactory JSON = new JsonFactory();

  private final Path file;
  private final String what;

  @GuardedBy("this")
  private boolean failing;

  /**
   * @param what it holds, for a person
   */
  NoteFile(Path file, String what) {
    this.file = file;
    this.what = what;
  }

  synchronized void write(Map<String, String> members) {
    try {
      replace(file, members);
      failing = false;
    } catch (IOException e) {
      warnOnce(e);
    }
  }

  synchronized void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      warnOnce(e);
    }
  }

  /** For one who must know that it could not be written. */
  static void replace(Path file, Map<String, String> members) throws IOException {
    put(next(file, members), file);
  }

  /** Writes what {@link #put} brings into the place of the file. */
  static Path next(Path file, Map<String, String> members) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(next);
    try (var channel =
        Files.newByteChannel(
            next,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            SpoolFolder.forOwner())) {
      channel.write(ByteBuffer.wrap(json(members)));
    }
    return next;
  }

  static void put(Path next, Path file) throws IOException {
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  @GuardedBy("this")
  private void warnOnce(IOException cause) {
    if (!failing) {
      failing = true;
      LOG.warn("{} cannot be kept in {}: {}", what, file, cause.toString());
    }
  }

  /** Empty when there is none yet, or it is not for this user; status says more than this. */
  static Map<String, String> read(Path file) {
    try {
      return parse(Files.readAllBytes(file));
    } catch (IOException e) {
      return Map.of();
    }
  }

  /** Empty for what is no such object. */
  static Map<String, String> parse(byte[] json) {
    try (JsonParser parser = JSON.createParser(json)) {
      Map<String, String> members = new HashMap<>();
      parser.nextToken();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        members.put(name, String.valueOf(parser.nextTextValue()));
      }
      return members;
    } catch (IOException e) {
      return Map.of();
    }
  }

  private static byte[] json(Map<String, String> members) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator generator = JSON.createGenerator(bytes)) {
      generator.writeStartObject();
      for (var member : members.entrySet()) {
        generator.writeStringField(member.getKey(), member.getValue());
      }
      generator.writeEndObject();
    }
    return bytes.toByteArray();
  }
}
