package io.messagerelay.system.way;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets no larger requests through for a while, again and again. A relay's requests are small then
 * and grow from one to the next, so there are many, and one follows closely on another. Shared by
 * threads.
 */
final class Narrows {
  /** One event alone must pass: to a single one 413 is the last word. */
  private static final int EVENTS_THAT_PASS = 2;

  private static final int APART = 40;
  private static final int IN_A_ROW = 20;

  private final AtomicInteger larger = new AtomicInteger();

  /** Whether a request with so many events is too large now. */
  boolean stops(int events) {
    return events > EVENTS_THAT_PASS && larger.incrementAndGet() % APART < IN_A_ROW;
  }
}
