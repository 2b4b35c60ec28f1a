package io.messagerelay.consumer.retention;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.messagerelay.consumer.query.EventView;
import io.messagerelay.consumer.query.Rfc3339;
import io.messagerelay.consumer.store.StoreException;
import io.messagerelay.consumer.store.StoredEvent;
import io.messagerelay.contract.Sha256;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/**
 * Writes events to files before they are removed. A file and its manifest:
 *
 * <pre>
 *   events-{store, 8 digits}-{first id}-{last id}.ndjson.gz          one event a line, as GET /event shows it
 *   events-{store, 8 digits}-{first id}-{last id}.manifest.json      events, ids, times, SHA-256 of the file
 * </pre>
 *
 * The manifest comes last: a file without one is unfinished and is written again. Both are on disk
 * before {@link #write} returns, for their owner alone. A crash afterwards, before all of its
 * events were removed, lets the rest come again in a file of its own, whose manifest names the same
 * ids. Used by one thread.
 */
public final class Archive {
  private static final JsonFactory JSON =
      new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

  private static final FileAttribute<Set<PosixFilePermission>> OWNERS_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNERS_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path folder;
  private final String storeId;

  /**
   * @param folder made where it is missing
   */
  public Archive(Path folder, String storeId) {
    this.folder = folder;
    this.storeId = storeId;
  }

  /** Where the events of a piece come from, some at a time. */
  interface Events {
    /** The next ones; empty at the end. */
    List<StoredEvent> next() throws StoreException;
  }

  /**
   * Writes a file with its manifest, unless there is no event.
   *
   * @param writer names who writes, so that two never share an unfinished file
   */
  void write(Events events, String writer) throws StoreException, IOException {
    Files.createDirectories(folder, OWNERS_FOLDER);
    Path unfinished = folder.resolve("unfinished-" + writer + ".ndjson.gz");
    Contents contents = new Contents();
    MessageDigest digest = Sha256.digest();
    try (FileChannel file = create(unfinished)) {
      try (OutputStream bytes =
          new GZIPOutputStream(new DigestOutputStream(kept(file), digest), 64 * 1024)) {
        for (List<StoredEvent> some = events.next(); !some.isEmpty(); some = events.next()) {
          write(some, bytes, contents);
        }
      }
      file.force(true);
    }
    if (contents.events == 0) {
      Files.delete(unfinished);
    } else {
      finish(unfinished, contents, HexFormat.of().formatHex(digest.digest()));
    }
  }

  private void finish(Path unfinished, Contents contents, String sha256) throws IOException {
    String name =
        "events-%s-%d-%d".formatted(storeId.substring(0, 8), contents.firstId, contents.lastId);
    Path manifest = folder.resolve(unfinished.getFileName() + ".manifest");
    try (FileChannel file = create(manifest);
        OutputStream bytes = kept(file)) {
      contents.writeManifest(bytes, storeId, name + ".ndjson.gz", sha256);
      file.force(true);
    }
    move(unfinished, name + ".ndjson.gz");
    forceFolder();
    move(manifest, name + ".manifest.json");
    forceFolder();
  }

  private void move(Path from, String name) throws IOException {
    Files.move(from, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** The names are on disk, too. */
  private void forceFolder() throws IOException {
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE),
        OWNERS_FILE);
  }

  /** Bytes of a file that stays open when they end, to be flushed. */
  private static OutputStream kept(FileChannel file) {
    return new FilterOutputStream(Channels.newOutputStream(file)) {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
      }

      @Override
      public void close() throws IOException {
        flush();
      }
    };
  }

  private static void write(List<StoredEvent> events, OutputStream bytes, Contents contents)
      throws IOException {
    for (StoredEvent event : events) {
      bytes.write(EventView.line(event));
      contents.add(event);
    }
  }

  /** What a file has in it. */
  private static final class Contents {
    private long events;
    private long firstId;
    private long lastId;
    private String firstTime = "";
    private String lastTime = "";

    void add(StoredEvent event) {
      String time = Rfc3339.text(event.receivedTime());
      if (events++ == 0) {
        firstId = event.position();
        firstTime = time;
      }
      lastId = event.position();
      lastTime = time;
    }

    void writeManifest(OutputStream bytes, String storeId, String file, String sha256)
        throws IOException {
      try (JsonGenerator json = JSON.createGenerator(bytes)) {
        json.writeStartObject();
        json.writeStringField("file", file);
        json.writeStringField("store", storeId);
        json.writeNumberField("events", events);
        json.writeNumberField("first_id", firstId);
        json.writeNumberField("last_id", lastId);
        json.writeStringField("first_received", firstTime);
        json.writeStringField("last_received", lastTime);
        json.writeStringField("sha256", sha256);
        json.writeEndObject();
      }
    }
  }
}
