package io.messagerelay.consumer.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event, or a whole body, that was refused.
 *
 * @param account who sent it
 * @param eventId {@code null} when it had none that could be read
 * @param type {@code null} likewise
 * @param reasons why, a line each
 * @param beginning of what came, about a kibibyte
 */
public record Refusal(
    Instant time,
    String account,
    @Nullable String eventId,
    @Nullable String type,
    List<String> reasons,
    String beginning) {

  public Refusal {
    reasons = List.copyOf(reasons);
  }

  /** One that is kept; a later one has a larger number. */
  public record Kept(long number, Refusal refusal) {}
}
