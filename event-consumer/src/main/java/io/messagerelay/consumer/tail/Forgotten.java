package io.messagerelay.consumer.tail;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Up to where events of a type may be missing. Knows this of the types that were forgotten last;
 * for all others the same place is given, which may be too far. Not shared by threads.
 */
final class Forgotten {
  private final int mostTypes;

  /** In the order in which they were forgotten, and so in that of their places. */
  private final LinkedHashMap<String, Long> places = new LinkedHashMap<>();

  private long ofOthers;

  Forgotten(int mostTypes) {
    this.mostTypes = mostTypes;
  }

  /** Nothing is known up to this position. */
  void reset(long position) {
    places.clear();
    ofOthers = position;
  }

  /**
   * @param position beyond all that was forgotten before
   */
  void add(String type, long position) {
    places.putLast(type, position);
    if (places.size() > mostTypes) {
      Map.Entry<String, Long> eldest = places.pollFirstEntry();
      ofOthers = eldest.getValue();
    }
  }

  /** Behind this position no event of the type is missing. */
  long of(String type) {
    return places.getOrDefault(type, ofOthers);
  }
}
