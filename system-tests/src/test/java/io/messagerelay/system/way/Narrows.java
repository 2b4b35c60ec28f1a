package io.messagerelay.system.way;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets no request through with more events than a gateway might, so that there are many of them,
 * and now and then a few in a row with hardly any. Shared by threads.
 */
final class Narrows {
  /** One event alone must pass: to a single one 413 is the last word. */
  private static final int EVENTS_THAT_PASS = 2;

  private static final int MOST_EVENTS = 100;

  private static final int APART = 60;
  private static final int IN_A_ROW = 6;

  private final AtomicInteger larger = new AtomicInteger();

  /** Whether a request with so many events is too large now. */
  boolean stops(int events) {
    return events > MOST_EVENTS
        || (events > EVENTS_THAT_PASS && larger.incrementAndGet() % APART < IN_A_ROW);
  }
}
