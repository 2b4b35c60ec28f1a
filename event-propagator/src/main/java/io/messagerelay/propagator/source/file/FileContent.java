package io.messagerelay.propagator.source.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file, which may be packed with gzip. */
final class FileContent implements Content {
  private final FileChannel channel;
  private final InputStream bytes;

  private FileContent(FileChannel channel, InputStream bytes) {
    this.channel = channel;
    this.bytes = bytes;
  }

  /**
   * Opens it where {@code offset} bytes of the content lie behind: a plain file there, a packed one
   * from its beginning.
   */
  static FileContent open(Path path, long offset) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      InputStream raw = Channels.newInputStream(channel);
      boolean packed = Gzip.isPacked(raw.readNBytes(Gzip.MAGIC_BYTES));
      channel.position(packed ? 0 : offset);
      var content = new FileContent(channel, packed ? Gzip.unpack(raw) : raw);
      if (packed) {
        content.skip(offset);
      }
      return content;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private void skip(long offset) throws IOException {
    try {
      bytes.skipNBytes(offset);
    } catch (IOException e) {
      throw Gzip.inWords(e);
    }
  }

  @Override
  public int read(byte[] into) throws IOException {
    try {
      return bytes.read(into);
    } catch (IOException e) {
      throw Gzip.inWords(e);
    }
  }

  @Override
  public long rawBytes() {
    try {
      return channel.position();
    } catch (IOException closed) {
      return 0;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It was only read.
    }
  }
}
