package io.messagerelay.contract;

import java.util.Optional;

/** The words that both services write and read on the wire: media types, headers, JSON members. */
public final class Wire {
  /** One event, a batch as an array, and every answer that is no problem. */
  public static final String JSON = "application/json";

  /** A batch with one event a line. */
  public static final String NDJSON = "application/x-ndjson";

  /** A refusal (RFC 9457). */
  public static final String PROBLEM_JSON = "application/problem+json";

  /** The header that may bring the event's id beside the body. */
  public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  /** The header in which a propagator says with its events how many still wait. */
  public static final String RELAY_REPORT = "Relay-Report";

  /**
   * The header in which a propagator says that it records spans of the events that it sends, by the
   * names of {@link EventTrace}: {@link #TRUE} (RFC 9651 §3.3.6), or it is not there.
   */
  public static final String RELAY_TRACE = "Relay-Trace";

  /** A structured field that is true. */
  public static final String TRUE = "?1";

  /** Members of an event. {@code event_id} is also in each answer. */
  public static final String EVENT_ID = "event_id";

  public static final String EVENT_TYPE = "event_type";
  public static final String EVENT_PAYLOAD = "event_payload";
  public static final String EVENT_KEY = "event_key";
  public static final String TRACEPARENT = "traceparent";

  /** Member of an answer: the event's position in the store, a number. */
  public static final String ID = "id";

  /** Member of an answer to one event: {@code true} when it had been stored before. */
  public static final String DUPLICATE = "duplicate";

  /** Member of an answer: a {@link ItemStatus} in a batch, {@link #SUCCESS} for one event. */
  public static final String STATUS = "status";

  /** The status of one event that is stored, now or before. */
  public static final String SUCCESS = "success";

  /** Member of the answer to a batch: an array with one result an item, in order. */
  public static final String RESULTS = "results";

  /** Member of a rejected item and of a problem: an array of {@link Fault}s. */
  public static final String ERRORS = "errors";

  /** Members of a fault. */
  public static final String POINTER = "pointer";

  public static final String DETAIL = "detail";

  private Wire() {}

  /** What became of one item of a batch. */
  public enum ItemStatus {
    /** Stored now. */
    STORED("stored"),
    /** Stored before, with the same content. */
    DUPLICATE("duplicate"),
    /** Refused for good; the result has {@link #ERRORS}. */
    REJECTED("rejected");

    private final String word;

    ItemStatus(String word) {
      this.word = word;
    }

    /** As it stands in the JSON. */
    public String word() {
      return word;
    }

    /** The status of this word; empty for a word that is none. */
    public static Optional<ItemStatus> of(String word) {
      for (ItemStatus status : values()) {
        if (status.word.equals(word)) {
          return Optional.of(status);
        }
      }
      return Optional.empty();
    }
  }
}
