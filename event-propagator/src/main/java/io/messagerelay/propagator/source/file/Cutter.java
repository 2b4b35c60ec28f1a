package io.messagerelay.propagator.source.file;

import org.jspecify.annotations.Nullable;

/**
 * Cuts bytes that come in blocks of any size into items. Feed a block, take {@link #next} until it
 * is {@code null}, feed the next block; when the input has ended say so, and take again. What is
 * cut does not depend on where the blocks begin. For one thread.
 */
sealed interface Cutter permits LineCutter, ArrayCutter {

  /** Takes a block; it is the cutter's until {@link #next} is {@code null}. */
  void feed(byte[] block, int from, int to);

  /** There will be no more blocks. */
  void end();

  /** {@code null} when the next one is not complete yet, or never will be. */
  @Nullable Cut next();

  /**
   * From where a new cutter goes on, as if there had been but one: behind what {@link #next} gave
   * last, before anything that is not complete.
   */
  Position position();
}
