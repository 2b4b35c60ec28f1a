package io.messagerelay.consumer.intake;

import io.messagerelay.consumer.intake.IntakeResult.Outcome;
import io.messagerelay.consumer.intake.IntakeResult.Reason;
import io.messagerelay.contract.Event;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through the intake. Made by the caller's thread, then owned by the writer,
 * at last by whoever answers. It has one answer, the first: the watch may be ahead of the writer.
 */
final class Submission {
  /** Long enough to let a group or two pass, short enough not to idle. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /** What an event holds beside its text. */
  private static final int EVENT_BYTES = 256;

  private final List<Event> events;
  private final long bytes;
  private final long accepted;
  private final CompletableFuture<IntakeResult> answer = new CompletableFuture<>();
  private final @Nullable Outcome[] outcomes;
  private int open;
  private @Nullable Reason deferred;

  /**
   * @param accepted when, in nanoseconds of a clock that only goes forward
   */
  Submission(List<Event> events, long accepted) {
    this.accepted = accepted;
    this.events = List.copyOf(events);
    this.bytes = this.events.stream().mapToLong(Submission::bytesOf).sum();
    this.outcomes = new Outcome[events.size()];
    this.open = events.size();
  }

  /** The most heap an event takes: a character is one byte or two. */
  private static long bytesOf(Event event) {
    int characters = event.id().length() + event.type().length() + event.payload().text().length();
    return EVENT_BYTES + 2L * characters;
  }

  List<Event> events() {
    return events;
  }

  long bytes() {
    return bytes;
  }

  CompletionStage<IntakeResult> answer() {
    return answer;
  }

  void settle(int index, Outcome outcome) {
    outcomes[index] = outcome;
    open--;
  }

  /** Puts off {@code count} events, and with them the request: it has one answer. */
  void defer(int count, Reason reason) {
    deferred = reason;
    open -= count;
  }

  boolean isSettled() {
    return open <= 0;
  }

  /**
   * Tells the sender. What a subscriber throws stays with the subscriber.
   *
   * @param since when this is settled, by the clock of {@code accepted}
   */
  void tell(long since) {
    answer.complete(
        deferred == null
            ? new IntakeResult.Committed(settled(), Duration.ofNanos(since - accepted))
            : deferred(deferred));
  }

  /** Tells the sender ahead of whoever owns this. */
  void tell(Reason reason) {
    answer.complete(deferred(reason));
  }

  private List<Outcome> settled() {
    return Arrays.stream(outcomes).map(Objects::requireNonNull).toList();
  }

  /** The answer to one that is not taken. */
  static CompletionStage<IntakeResult> refused(Reason reason) {
    return CompletableFuture.completedFuture(deferred(reason));
  }

  static IntakeResult.Deferred deferred(Reason reason) {
    return new IntakeResult.Deferred(reason, RETRY_AFTER);
  }
}
