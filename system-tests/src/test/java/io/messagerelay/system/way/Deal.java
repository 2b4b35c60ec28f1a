package io.messagerelay.system.way;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Says which request is struck by what: one of so many in a row, of fewer until each kind has come
 * once. Each comes in every round, so that none is left to luck; those that take long in every
 * fourth, ahead of the others, because a kill may come in between and they come again. Shared by
 * threads.
 */
final class Deal {
  private static final int ROUNDS_TO_SELDOM = 4;
  private static final int ONE_OF_AT_FIRST = 2;

  private final List<Fault> kinds;
  private final int oneOf;

  @GuardedBy("this")
  private final RandomGenerator random;

  @GuardedBy("this")
  private final Deque<Fault> round = new ArrayDeque<>();

  @GuardedBy("this")
  private int rounds;

  @GuardedBy("this")
  private int dealt;

  /** How many requests are left of those in a row, and which of them is struck. */
  @GuardedBy("this")
  private int row;

  @GuardedBy("this")
  private int struck;

  /**
   * @param oneOf how many requests there are to each that is struck
   */
  Deal(List<Fault> kinds, int oneOf, RandomGenerator random) {
    this.kinds = List.copyOf(kinds);
    this.oneOf = oneOf;
    this.random = random;
  }

  /** What strikes the next request. */
  synchronized Optional<Fault> next() {
    if (row == 0) {
      row = dealt < kinds.size() ? Math.min(oneOf, ONE_OF_AT_FIRST) : oneOf;
      struck = random.nextInt(row);
    }
    row--;
    return row == struck ? Optional.of(fault()) : Optional.empty();
  }

  /** It struck nobody after all, and comes next. */
  synchronized void giveBack(Fault fault) {
    round.addFirst(fault);
    dealt--;
  }

  @GuardedBy("this")
  private Fault fault() {
    if (round.isEmpty()) {
      boolean all = rounds++ % ROUNDS_TO_SELDOM == 0;
      List<Fault> next = new ArrayList<>(kinds);
      next.removeIf(kind -> !all && kind.often() == Fault.Often.SELDOM);
      Collections.shuffle(next, Random.from(random));
      next.sort(Comparator.comparing(Fault::often, Comparator.reverseOrder()));
      round.addAll(next);
    }
    dealt++;
    return round.remove();
  }
}
