package io.messagerelay.benchmarks.slowing;

/**
 * A span in which all work takes longer. What is under way when it begins or ends goes on at the
 * new speed.
 *
 * @param from in monotonic nanoseconds
 * @param until likewise, exclusive
 * @param factor how much longer
 */
record Slowness(long from, long until, int factor) {
  static Slowness none(long now) {
    return new Slowness(now, now, 1);
  }

  /**
   * When a work ends that is begun then.
   *
   * @param work what it takes at full speed, in nanoseconds
   */
  long end(long begin, long work) {
    long before = Math.max(0, from - begin);
    if (work <= before) {
      return begin + work;
    }
    long late = begin + before;
    long slow = Math.max(0, until - late);
    long left = work - before;
    return left * factor <= slow ? late + left * factor : late + slow + left - slow / factor;
  }
}
