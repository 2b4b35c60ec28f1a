package io.messagerelay.contract;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The event's JSON: reads it strictly and names every fault at once. Shared by threads. */
public final class EventJson {
  /** The most faults named for one event. */
  public static final int MOST_FAULTS = 32;

  private final Supplier<String> newId;

  /**
   * @param newId makes an id for an event that brings none
   */
  public EventJson(Supplier<String> newId) {
    this.newId = newId;
  }

  /**
   * Reads one event, a JSON object.
   *
   * @param idempotencyKey the id that came beside the body; {@code null} for none. Another than the
   *     body's is a fault.
   */
  public Reading read(byte[] json, @Nullable String idempotencyKey) {
    return new Reading.Faulty(null, List.of(new Fault("", newId.get())));
  }

  /**
   * Reads a whole body of {@code application/json}: an object is one event, an array is a batch.
   */
  public BodyReading readBody(byte[] json, @Nullable String idempotencyKey) {
    return new BodyReading.Single(read(json, idempotencyKey));
  }

  /** Gives a source's item the id under which it is delivered, its own where it brings one. */
  public Addressing address(byte[] item) {
    return new Addressing.Addressed(newId.get(), null, item);
  }
}
