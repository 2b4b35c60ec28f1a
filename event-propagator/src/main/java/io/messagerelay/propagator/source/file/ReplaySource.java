package io.messagerelay.propagator.source.file;

import io.messagerelay.contract.EventLimits;
import io.messagerelay.contract.ItemId;
import io.messagerelay.propagator.loop.RateLimit;
import io.messagerelay.propagator.loop.Step;
import io.messagerelay.propagator.source.EventSource;
import io.messagerelay.propagator.source.Polled;
import io.messagerelay.propagator.source.SourceItem;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The items of files, from the first to the last. It goes on from any progress that it gave, also
 * after a crash: an item has the same id each time, made of its file's content and its number.
 *
 * <p>When a file cannot be read any further, the source has ended there, and says so: asking again
 * would not help. What came before was given.
 */
public final class ReplaySource implements EventSource, AutoCloseable {
  private static final String NAME = "replay";

  /** Of items that are left out, so many bytes a poll, that the progress is saved now and then. */
  private static final long MOST_PASSED_BYTES = 16 * 1024 * 1024;

  /** Enough for every lane to have a batch under way and another waiting. */
  private static final long MOST_AHEAD = 10_000;

  private static final Duration NOTHING_YET = Duration.ofMillis(10);

  private final Walk walk;
  private final ReplayOptions options;
  private final TypeFilter types;
  private final RateLimit pace;
  private final AtomicLong rawBytes = new AtomicLong();
  private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
  private @Nullable IOException fault;

  ReplaySource(Walk walk, ReplayOptions options, RateLimit pace) {
    this.walk = walk;
    this.options = options;
    this.types = new TypeFilter(options.types());
    this.pace = pace;
  }

  /** Whether a saved progress says that all items were given. */
  public static boolean isEnd(String progress) {
    return progress.equals(ReplayProgress.end());
  }

  /**
   * How many bytes of the files lie behind, as they lie on the disk. May be asked by any thread.
   */
  public long rawBytes() {
    return rawBytes.get();
  }

  /** Why the source ended early; empty when it did not. May be asked by any thread. */
  public Optional<String> failure() {
    return Optional.ofNullable(failure.get());
  }

  /** The same for all replays: a spool has but one, and a file may be renamed meanwhile. */
  @Override
  public String name() {
    return NAME;
  }

  @Override
  public long mostAhead() {
    return MOST_AHEAD;
  }

  @Override
  public Polled poll(@Nullable String progress, int atMost) {
    if (fault != null) {
      return ended(fault);
    }
    int most = pace.take(atMost);
    if (most == 0) {
      return new Polled(List.of(), null, pace.pause());
    }
    List<SourceItem> items = new ArrayList<>();
    boolean moved = false;
    try {
      walk.goTo(progress);
      moved = gather(items, most);
    } catch (IOException e) {
      fault = e;
    }
    pace.giveBack(most - items.size());
    rawBytes.set(walk.rawBytes());
    return fault == null || !items.isEmpty() ? polled(items, moved) : ended(fault);
  }

  private Polled ended(IOException cause) {
    failure.set(cause.getMessage());
    return new Polled(List.of(), null, Step.NEVER);
  }

  private Polled polled(List<SourceItem> items, boolean moved) {
    if (walk.isOver()) {
      return new Polled(items, walk.progress(), Step.NEVER);
    }
    return moved || !items.isEmpty()
        ? new Polled(items, walk.progress(), Duration.ZERO)
        : new Polled(items, null, NOTHING_YET);
  }

  /** True when the walk went on, be it past items that are left out. */
  private boolean gather(List<SourceItem> items, int most) throws IOException {
    long given = 0;
    long passed = 0;
    boolean moved = false;
    while (items.size() < most && passed < MOST_PASSED_BYTES) {
      Cut cut = walk.peek();
      if (cut == null || given + cut.body().length > EventLimits.BODY_BYTES) {
        return moved;
      }
      if (isWanted(cut)) {
        items.add(item(cut));
        given += cut.body().length;
      } else {
        passed += cut.body().length + 1;
      }
      walk.take();
      moved = true;
    }
    return moved;
  }

  private boolean isWanted(Cut cut) {
    return walk.items() + 1 >= options.from() && types.passes(cut);
  }

  private SourceItem item(Cut cut) {
    String place = walk.place(cut);
    return switch (cut) {
      case Cut.Whole(var body, _, _) ->
          new SourceItem.Whole(body, place, options.newIds() ? ItemId.NEW : walk.id());
      case Cut.Broken(var body, _, _, var reason) -> new SourceItem.Broken(body, place, reason);
    };
  }

  @Override
  public void close() {
    walk.close();
  }
}
