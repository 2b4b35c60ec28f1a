package io.messagerelay.consumer.http;

import io.messagerelay.consumer.query.ParameterFault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** How many events an export has at most. Without a limit it has all of them. */
final class ExportLimit {
  static final String NAME = "limit";

  private static final Pattern NUMBER = Pattern.compile("0*[1-9][0-9]{0,17}");

  private ExportLimit() {}

  static Optional<ParameterFault> fault(Map<String, List<String>> parameters) {
    List<String> given = parameters.getOrDefault(NAME, List.of());
    if (given.size() > 1) {
      return Optional.of(new ParameterFault(NAME, "may be given once"));
    }
    return given.stream().allMatch(text -> NUMBER.matcher(text).matches())
        ? Optional.empty()
        : Optional.of(new ParameterFault(NAME, "must be a whole number from 1 on"));
  }

  /** Of parameters without a fault. */
  static long of(Map<String, List<String>> parameters) {
    return parameters.getOrDefault(NAME, List.of()).stream()
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }
}
