package io.messagerelay.consumer.intake;

/**
 * How much may be accepted and not yet answered.
 *
 * @param events at least the largest request, {@value #LEAST_EVENTS}
 * @param bytes of heap, at least what the largest request holds, {@value #LEAST_BYTES}
 */
public record QueueLimits(int events, long bytes) {
  public static final int LEAST_EVENTS = 1_000;
  public static final long LEAST_BYTES = 16L * 1024 * 1024;

  /** Some thirty full groups, in a quarter of a small heap. */
  public static final QueueLimits DEFAULT = new QueueLimits(16_384, 40L * 1024 * 1024);

  public QueueLimits {
    if (events < LEAST_EVENTS || bytes < LEAST_BYTES) {
      throw new IllegalArgumentException(
          "a queue of %d events and %d bytes cannot hold the largest request; at least %d and %d"
              .formatted(events, bytes, LEAST_EVENTS, LEAST_BYTES));
    }
  }
}
