package io.messagerelay.propagator.source.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.messagerelay.contract.ItemId;
import io.messagerelay.propagator.source.Polled;
import io.messagerelay.propagator.source.SourceException;
import io.messagerelay.propagator.source.SourceItem;
import io.messagerelay.propagator.source.SourceItem.Broken;
import io.messagerelay.propagator.source.SourceItem.Whole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A follower of a file, and what is saved of its progress. */
final class Following implements AutoCloseable {
  private static final Pattern EVENT = Pattern.compile(".*\"event_payload\":\"(.*)\"}");

  private final Path path;
  private final boolean fromEnd;
  // Begins shortly before the ticker overflows, as it may.
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
  private FollowSource source;
  private @Nullable String saved;

  Following(Path path, boolean fromEnd) {
    this.path = path;
    this.fromEnd = fromEnd;
    this.source = new FollowSource(path, fromEnd, nanos::get);
  }

  static Following of(Path path) {
    return new Following(path, false);
  }

  /** Polls without saving. */
  Polled look(int atMost) throws SourceException {
    return source.poll(saved, atMost);
  }

  /** Polls and saves. */
  Polled take(int atMost) throws SourceException {
    Polled polled = look(atMost);
    if (polled.progress() != null) {
      saved = polled.progress();
    }
    return polled;
  }

  /** Takes until there is nothing new. */
  List<SourceItem> items() throws SourceException {
    var items = new ArrayList<SourceItem>();
    Polled polled = take(500);
    while (polled.progress() != null || polled.pause().isZero()) {
      items.addAll(polled.items());
      polled = take(500);
    }
    return items;
  }

  List<String> payloads() throws SourceException {
    return items().stream().map(Following::payload).toList();
  }

  /** What tells a line from another: the payload of an event, or the text that is none. */
  static String payload(SourceItem item) {
    String text = new String(item.body(), UTF_8);
    Matcher event = EVENT.matcher(text);
    return event.matches() ? event.group(1) : text;
  }

  static String id(SourceItem item) {
    return switch (item) {
      case Whole(_, _, ItemId.OwnOr(var id)) -> id;
      case Whole _, Broken _ -> "none";
    };
  }

  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  /** So that what was rotated away counts as read. */
  Following waitForLateWriters() {
    pass(FollowSource.GRACE);
    return this;
  }

  /** Ends as a crash does; what was saved stays. */
  Following restart() {
    source.close();
    source = new FollowSource(path, fromEnd, nanos::get);
    return this;
  }

  Following loseProgress() {
    saved = null;
    return restart();
  }

  @Override
  public void close() {
    source.close();
  }
}
