package io.messagerelay.consumer.auth;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a token request, each once; one without a value is as if it were absent (RFC
 * 6749 §3.2).
 */
record TokenForm(Map<String, String> values) {

  /** Empty when a parameter repeats, whichever it is. */
  static Optional<TokenForm> of(Map<String, List<String>> parameters) {
    var values = new HashMap<String, String>();
    for (var parameter : parameters.entrySet()) {
      if (parameter.getValue().size() > 1) {
        return Optional.empty();
      }
      parameter.getValue().stream()
          .filter(value -> !value.isEmpty())
          .forEach(value -> values.put(parameter.getKey(), value));
    }
    return Optional.of(new TokenForm(values));
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name));
  }
}
