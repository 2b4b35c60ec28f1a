package io.messagerelay.propagator.source.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A stream that nobody can read twice. It is read ahead by a thread of its own, a few blocks, so
 * that {@link #read} never waits for whoever writes it. That thread ends with the stream or with
 * the process: a read of standard input cannot be broken off.
 */
final class StreamContent implements Content {
  private static final int BLOCK_BYTES = 64 * 1024;
  private static final int BLOCKS = 8;

  /** What came of a read; the last one has no bytes. */
  private sealed interface Block {
    record Bytes(byte[] bytes) implements Block {}

    record End() implements Block {}

    record Failed(IOException cause) implements Block {}
  }

  private final BlockingQueue<Block> blocks = new ArrayBlockingQueue<>(BLOCKS);
  private final AtomicLong read = new AtomicLong();

  private StreamContent() {}

  static StreamContent of(InputStream in) {
    var content = new StreamContent();
    Thread.ofPlatform().daemon().name("input").start(() -> content.readAhead(in));
    return content;
  }

  private void readAhead(InputStream in) {
    try {
      put(blocks(in));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The last block, after all others were put. */
  private Block blocks(InputStream in) throws InterruptedException {
    try {
      InputStream bytes = unpacked(new BufferedInputStream(in, BLOCK_BYTES));
      byte[] block = new byte[BLOCK_BYTES];
      for (int size = bytes.read(block); size >= 0; size = bytes.read(block)) {
        read.addAndGet(size);
        put(new Block.Bytes(Arrays.copyOf(block, size)));
      }
      return new Block.End();
    } catch (IOException e) {
      return new Block.Failed(Gzip.inWords(e));
    }
  }

  private static InputStream unpacked(BufferedInputStream in) throws IOException {
    in.mark(Gzip.MAGIC_BYTES);
    byte[] beginning = in.readNBytes(Gzip.MAGIC_BYTES);
    in.reset();
    return Gzip.isPacked(beginning) ? Gzip.unpack(in) : in;
  }

  private void put(Block block) throws InterruptedException {
    blocks.put(block);
  }

  @Override
  public int read(byte[] into) throws IOException {
    return switch (blocks.peek()) {
      case null -> 0;
      case Block.End _ -> -1;
      case Block.Failed(var cause) -> throw cause;
      case Block.Bytes(var bytes) -> {
        blocks.remove();
        System.arraycopy(bytes, 0, into, 0, bytes.length);
        yield bytes.length;
      }
    };
  }

  @Override
  public long rawBytes() {
    return read.get();
  }

  @Override
  public void close() {
    // Standard input is not ours to close.
  }
}
