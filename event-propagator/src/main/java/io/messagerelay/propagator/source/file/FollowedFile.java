package io.messagerelay.propagator.source.file;

import io.messagerelay.contract.EventLimits;
import io.messagerelay.contract.ItemId;
import io.messagerelay.propagator.source.SourceItem;
import io.messagerelay.propagator.source.file.Position.Expected;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A file that is open to be followed; it stays readable when it is renamed or deleted. What was
 * read and not given yet is kept for the next read, which begins anew where it is told when that is
 * another place. Used by one thread.
 */
final class FollowedFile implements AutoCloseable {
  private static final int BLOCK_BYTES = 256 * 1024;

  /** In one read; a block and a line may be at hand from the one before. */
  private static final int READ_BYTES = EventLimits.BODY_BYTES - 2 * BLOCK_BYTES;

  /** What a read found. */
  sealed interface Found {

    /**
     * Lines, or none.
     *
     * @param next behind them
     * @param isEnd whether there are no more whole lines
     */
    record Lines(List<SourceItem> items, FollowPosition next, boolean isEnd) implements Found {

      boolean isBeyond(FollowPosition from) {
        return next.offset() > from.offset();
      }
    }

    /** What was read before is not there any more; what there is now was not looked at. */
    record Truncated() implements Found {}
  }

  private enum Fed {
    MORE,
    ENOUGH,
    END,
    TRUNCATED
  }

  private final FileStamp stamp;
  private final Object name;
  private final FileChannel channel;
  private final LongSupplier nanoTime;
  private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
  private final ByteBuffer head = ByteBuffer.allocate(FollowPosition.FIRST_LINE_BYTES);

  private LineCutter lines = new LineCutter(Position.start());
  private long readTo;
  private String firstLine = "";

  private long quietAt = -1;
  private long quietSince;

  private FollowedFile(FileStamp stamp, Object name, FileChannel channel, LongSupplier nanoTime) {
    this.stamp = stamp;
    this.name = name;
    this.channel = channel;
    this.nanoTime = nanoTime;
  }

  /**
   * Opens it under the name that it had a moment ago.
   *
   * @param name in the places of its lines
   * @throws NoSuchFileException when another file, or none, has the name now
   */
  static FollowedFile open(Siblings.Named found, Object name, LongSupplier nanoTime)
      throws IOException {
    Path path = found.path();
    var file = new FollowedFile(found.stamp(), name, FileChannel.open(path), nanoTime);
    if (FileStamp.of(path).filter(found.stamp()::isSame).isEmpty()) {
      file.close();
      throw new NoSuchFileException(path.toString());
    }
    return file;
  }

  FileStamp stamp() {
    return stamp;
  }

  /** Behind its last whole line. */
  FollowPosition end() throws IOException {
    long end = channel.size();
    while (end > 0) {
      long from = Math.max(0, end - BLOCK_BYTES);
      fill(block.clear().limit((int) (end - from)), from);
      int newline = lastNewline();
      if (newline >= 0) {
        return FollowPosition.uncounted(stamp, from + newline + 1, firstLine());
      }
      end = from;
    }
    return FollowPosition.start(stamp);
  }

  private int lastNewline() {
    int i = block.limit() - 1;
    while (i >= 0 && block.get(i) != '\n') {
      i--;
    }
    return i;
  }

  /**
   * The whole lines from there on; together they have {@link EventLimits#BODY_BYTES} at most.
   *
   * @param atMost how many
   */
  Found read(FollowPosition from, int atMost) throws IOException {
    beginAt(from);
    long most = readTo + (from.offset() == 0 ? BLOCK_BYTES : READ_BYTES);
    var cuts = new ArrayList<Cut>();
    Fed fed = Fed.MORE;
    while (fed == Fed.MORE && cuts.size() < atMost) {
      Cut cut = lines.next();
      if (cut != null) {
        cuts.add(cut);
      } else {
        fed = readTo < most ? feed(from) : Fed.ENOUGH;
      }
    }
    return fed == Fed.TRUNCATED && cuts.isEmpty()
        ? new Found.Truncated()
        : found(cuts, from, fed == Fed.END);
  }

  /**
   * Goes on with what is at hand, or begins anew: elsewhere, when a part of it was taken back, or
   * as long as nothing was taken, because then no fingerprint tells of a truncation.
   */
  private void beginAt(FollowPosition from) throws IOException {
    if (lines.position().offset() != from.offset()
        || channel.size() < readTo
        || (from.offset() == 0 && readTo < BLOCK_BYTES)) {
      lines = new LineCutter(new Position(from.offset(), from.line(), Expected.START));
      readTo = from.offset();
    }
  }

  /**
   * Looks for a truncation after it has read: what was written into a file that was begun anew
   * meanwhile must not be taken for what followed in the old one.
   */
  private Fed feed(FollowPosition from) throws IOException {
    fill(block.clear(), readTo);
    if (from.offset() > 0 && isTruncated(from)) {
      return Fed.TRUNCATED;
    }
    if (readTo == 0) {
      firstLine = FollowPosition.firstLine(block);
    }
    if (!block.hasRemaining()) {
      return Fed.END;
    }
    lines.feed(block.array(), 0, block.limit());
    readTo += block.limit();
    return Fed.MORE;
  }

  private Found found(List<Cut> cuts, FollowPosition from, boolean isEnd) {
    FollowPosition known = known(from);
    String identity = known.identity();
    return new Found.Lines(
        cuts.stream().map(cut -> item(cut, known, identity)).toList(),
        known.movedTo(lines.position()),
        isEnd);
  }

  private FollowPosition known(FollowPosition from) {
    return from.offset() == 0 ? from.with(firstLine) : from;
  }

  private SourceItem item(Cut cut, FollowPosition known, String identity) {
    String place = known.place(name, cut);
    return switch (cut) {
      case Cut.Whole(var body, long offset, _) ->
          new SourceItem.Whole(
              body, place, new ItemId.OwnOr(FollowPosition.eventId(identity, offset)));
      case Cut.Broken(var body, _, _, var reason) -> new SourceItem.Broken(body, place, reason);
    };
  }

  /**
   * The line without an end behind the last read, which found the end; nothing is read after it.
   */
  Optional<SourceItem> rest(FollowPosition at) {
    FollowPosition known = known(at);
    lines.end();
    return Optional.ofNullable(lines.next()).map(cut -> item(cut, known, known.identity()));
  }

  /** Whether it has not grown for so long; counted from the first time that this is asked. */
  boolean isQuiet(Duration time) {
    long now = nanoTime.getAsLong();
    if (readTo != quietAt) {
      quietAt = readTo;
      quietSince = now;
    }
    return now - quietSince >= time.toNanos();
  }

  private boolean isTruncated(FollowPosition from) throws IOException {
    return channel.size() < from.offset() || !firstLine().equals(from.firstLine());
  }

  private String firstLine() throws IOException {
    fill(head.clear(), 0);
    return FollowPosition.firstLine(head);
  }

  /** Reads from there on until the buffer is full or the file ends; leaves it ready to be read. */
  private void fill(ByteBuffer buffer, long from) throws IOException {
    int read = 0;
    while (buffer.hasRemaining() && read >= 0) {
      read = channel.read(buffer, from + buffer.position());
    }
    buffer.flip();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("a file that was read cannot be closed", e);
    }
  }
}
