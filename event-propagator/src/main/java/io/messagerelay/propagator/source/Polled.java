package io.messagerelay.propagator.source;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a source had.
 *
 * @param items in the order they arose
 * @param progress where to go on after these, saved with them; {@code null} when the source has no
 *     place
 * @param pause how long to wait before asking again; zero for at once, {@link
 *     io.messagerelay.propagator.loop.Step#NEVER} when there will be no more
 */
public record Polled(List<SourceItem> items, @Nullable String progress, Duration pause) {
  public Polled {
    items = List.copyOf(items);
  }
}
