package io.messagerelay.propagator.source.file;

import io.messagerelay.contract.ItemId;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The way through all items of a replay. For one thread. */
sealed interface Walk extends AutoCloseable permits FileWalk, StreamWalk {

  /** Goes to where the progress says; {@code null} is the beginning. */
  void goTo(@Nullable String progress) throws IOException;

  /** The next item, again and again until it is taken; {@code null} when there is none now. */
  @Nullable Cut peek() throws IOException;

  /** Goes on behind the item that {@link #peek} gave. */
  void take();

  /** Whether there will be no more. */
  boolean isOver();

  /** Behind what was taken last; {@code null} when one cannot go there again. */
  @Nullable String progress();

  /** How many items were taken, from the beginning on. */
  long items();

  /** Where the item of {@link #peek} stands, for a person. */
  String place(Cut cut);

  /** The id of the item of {@link #peek} when it brings none. */
  ItemId id();

  /** How many bytes lie behind, as they lie on the disk. */
  long rawBytes();

  @Override
  void close();
}
