package io.messagerelay.system;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A unit of {@code deploy/systemd}: its lines, in their order. */
record SystemdUnit(Service service, List<Line> lines) {

  /** {@code Key=value}. */
  record Line(String key, String value) {
    private static Line of(String text) {
      String[] parts = text.split("=", 2);
      return new Line(parts[0], parts[1]);
    }
  }

  static SystemdUnit of(Service service) {
    return new SystemdUnit(
        service,
        DeployFiles.text("deploy/systemd/" + service.command() + ".service")
            .lines()
            .filter(line -> line.contains("=") && !line.startsWith("#"))
            .map(Line::of)
            .toList());
  }

  /** Everything that is said of it; it may be said more than once. */
  List<String> all(String key) {
    return lines.stream().filter(line -> line.key().equals(key)).map(Line::value).toList();
  }

  /** What is said of it once. */
  String one(String key) {
    List<String> all = all(key);
    if (all.size() != 1) {
      throw new AssertionError(service.command() + " says " + key + " of " + all);
    }
    return all.getFirst();
  }

  /** The settings that it gives by itself. */
  Map<String, String> environment() {
    return all("Environment").stream()
        .flatMap(line -> Arrays.stream(line.split(" ")))
        .map(Line::of)
        .collect(Collectors.toMap(Line::key, Line::value));
  }

  /** From this key on. */
  Stream<Line> from(String key) {
    return lines.stream().dropWhile(line -> !line.key().equals(key));
  }
}
