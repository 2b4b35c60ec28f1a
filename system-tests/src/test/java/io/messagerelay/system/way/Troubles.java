package io.messagerelay.system.way;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What goes wrong with which request: poison comes first, then narrows, then what is dealt. Shared
 * by threads.
 *
 * @param ofEvents strikes requests with events
 * @param ofLogins strikes those for a token
 */
record Troubles(Deal ofEvents, Deal ofLogins, Poison poison, Narrows narrows) {
  private static final int REQUESTS_TO_A_FAULT = 5;
  private static final int LOGINS_TO_A_FAULT = 4;
  private static final List<Fault> AT_LOGIN =
      List.of(Fault.UNAVAILABLE, Fault.RESET_BEFORE, Fault.CLOSED_AFTER);
  private static final int REQUESTS_TO_A_POISON = 25;
  private static final Duration MOST_OF_A_POISON = Duration.ofSeconds(10);

  /** For a run of so many events. */
  static Troubles of(int events, SplittableRandom random) {
    List<Fault> dealt =
        Arrays.stream(Fault.values()).filter(each -> each.often() != Fault.Often.NEVER).toList();
    return new Troubles(
        new Deal(dealt, REQUESTS_TO_A_FAULT, random.split()),
        new Deal(AT_LOGIN, LOGINS_TO_A_FAULT, random.split()),
        new Poison(
            Poison.among(events, random.split()),
            REQUESTS_TO_A_POISON,
            MOST_OF_A_POISON,
            System::nanoTime),
        new Narrows());
  }

  /** What strikes it, if anything does. */
  Optional<Fault> strike(Request request) {
    if (request.isForToken()) {
      return ofLogins.next();
    }
    List<Integer> items = request.items();
    if (poison.stops(items)) {
      return Optional.of(Fault.POISONED);
    }
    return narrows.stops(items.size()) ? Optional.of(Fault.TOO_LARGE) : ofEvents.next();
  }

  /** It did not come to it. */
  void spared(Request request, Fault fault) {
    (request.isForToken() ? ofLogins : ofEvents).giveBack(fault);
  }
}
