package io.messagerelay.consumer.overview;

/** What is counted elsewhere and looked at here. Shared by threads; costs little to ask. */
public interface Counters {

  /** Events stored since the start. */
  long stored();

  /** Events refused since the start. */
  long refused();

  /** Events accepted and not answered yet. */
  int queuedEvents();

  /** Heap that those hold at most. */
  long queuedBytes();
}
