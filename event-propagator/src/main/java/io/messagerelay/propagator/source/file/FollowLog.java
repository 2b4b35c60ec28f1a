package io.messagerelay.propagator.source.file;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a person what happens to the followed file, once each. For one thread. */
final class FollowLog {
  private static final Logger LOG = LoggerFactory.getLogger(FollowSource.class);

  private final Path path;
  private boolean awaited;

  FollowLog(Path path) {
    this.path = path;
  }

  void awaited() {
    if (!awaited) {
      awaited = true;
      LOG.info("{} is not there: waiting for it", path);
    }
  }

  /**
   * @param file under the name that it has now
   */
  void opened(Path file, FollowPosition at) {
    awaited = false;
    LOG.info("following {} from {}", file, place(at));
  }

  void rotated() {
    LOG.info("{} was rotated, and the old file is read to its end", path);
  }

  void truncated(FollowPosition at) {
    LOG.warn(
        "{} was truncated, and is followed from its beginning: whether something was written between"
            + " {} and the truncation cannot be known",
        path,
        place(at));
  }

  void lost(FollowPosition at, List<String> compressed) {
    LOG.warn(
        "{} was rotated while nobody followed it, and the old file is not beside it any more: if it held"
            + " anything from {} on, that is not relayed{}",
        path,
        place(at),
        compressed.isEmpty() ? "" : rescue(at, compressed));
  }

  /** A command for the person, who alone can say which one it is. */
  private static String rescue(FollowPosition at, List<String> compressed) {
    return String.format(
        Locale.ROOT,
        "; it may be one of %s, which cannot be followed: zcat FILE | tail -c +%d | event-propagator"
            + " replay -",
        String.join(", ", compressed),
        at.offset() + 1);
  }

  private static String place(FollowPosition at) {
    return at.line() == FollowPosition.UNKNOWN
        ? String.format(Locale.ROOT, "byte %,d", at.offset())
        : String.format(Locale.ROOT, "line %,d", at.line());
  }
}
