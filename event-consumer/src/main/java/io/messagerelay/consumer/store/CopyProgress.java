package io.messagerelay.consumer.store;

/** Hears how far a copy is, on the thread that copies. */
@FunctionalInterface
public interface CopyProgress {
  /**
   * @param written bytes of the copy
   * @param all bytes of it about
   */
  void at(long written, long all);
}
