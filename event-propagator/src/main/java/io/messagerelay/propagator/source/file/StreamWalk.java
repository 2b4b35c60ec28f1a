package io.messagerelay.propagator.source.file;

import io.messagerelay.base.FileFaults;
import io.messagerelay.contract.ItemId;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Through standard input, once and only forwards: it has no progress to go on from. */
final class StreamWalk implements Walk {
  private static final String LABEL = "stdin";

  private final InputStream in;
  private @Nullable ItemReader reader;
  private long items;

  StreamWalk(InputStream in) {
    this.in = in;
  }

  @Override
  public void goTo(@Nullable String progress) {
    // There is but one place to go on from.
  }

  @Override
  public @Nullable Cut peek() throws IOException {
    if (reader == null) {
      reader = new ItemReader(StreamContent.of(in), Position.start());
    }
    try {
      return reader.peek();
    } catch (IOException e) {
      throw new IOException("standard input cannot be read: " + FileFaults.reason(e), e);
    }
  }

  @Override
  public void take() {
    if (reader != null) {
      reader.take();
      items++;
    }
  }

  @Override
  public boolean isOver() {
    return reader != null && reader.isOver();
  }

  @Override
  public @Nullable String progress() {
    return null;
  }

  @Override
  public long items() {
    return items;
  }

  @Override
  public String place(Cut cut) {
    return reader == null ? LABEL : reader.place(LABEL, cut, items + 1);
  }

  @Override
  public ItemId id() {
    return ItemId.OWN_OR_NEW;
  }

  @Override
  public long rawBytes() {
    return reader == null ? 0 : reader.rawBytes();
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
  }
}
