package io.messagerelay.consumer.tail;

import java.util.Set;

/** All who follow. Never blocks. */
public interface Readers {

  /** Has each of them look. */
  void wakeAll();

  /** Has those look who may want an event of one of these types. */
  void wake(Set<String> types);
}
