package io.messagerelay.system.way;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * What went wrong on a way.
 *
 * @param counts how often each kind did, in the order they are told; 0 of one that never came
 * @param poisonous how many events were stopped for a while
 */
public record Injected(SequencedMap<String, Long> counts, int poisonous) {
  static final Injected NOTHING = new Injected(new LinkedHashMap<>(), 0);

  public Injected {
    counts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(counts));
  }

  /** The kinds that never came. */
  public List<String> missing() {
    return counts.entrySet().stream()
        .filter(each -> each.getValue() == 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** For a person, one line. */
  @Override
  public String toString() {
    return counts.entrySet().stream()
        .map(each -> "%,d × %s, ".formatted(each.getValue(), each.getKey()))
        .collect(Collectors.joining("", "injected: ", poisonous + " poisonous events"));
  }
}
