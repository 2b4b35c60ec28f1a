package io.messagerelay.benchmarks.machine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the process on this machine that listens on a port. */
public final class Listener {
  private static final String LISTENING = "0A";

  private Listener() {}

  /** Empty when it is elsewhere, or not ours to look at. */
  public static Optional<ProcessTimes> on(int port) throws IOException {
    Set<String> sockets = socketsOn(port);
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (hasOpen(process.resolve("fd"), sockets)) {
          return Optional.of(new ProcessTimes(Long.parseLong(process.getFileName().toString())));
        }
      }
    }
    return Optional.empty();
  }

  /** As the links in a process' {@code fd} call them (proc_net(5)). */
  private static Set<String> socketsOn(int port) throws IOException {
    String address = ":%04X".formatted(port);
    try (Stream<String> four = Files.lines(Path.of("/proc/net/tcp"));
        Stream<String> six = Files.lines(Path.of("/proc/net/tcp6"))) {
      return Stream.concat(four, six)
          .map(line -> line.strip().split("\\s+", -1))
          .filter(field -> field[1].endsWith(address) && field[3].equals(LISTENING))
          .map(field -> "socket:[" + field[9] + "]")
          .collect(Collectors.toSet());
    }
  }

  private static boolean hasOpen(Path descriptors, Set<String> sockets) {
    try (Stream<Path> all = Files.list(descriptors)) {
      return all.anyMatch(each -> sockets.contains(target(each)));
    } catch (IOException e) {
      return false; // it has ended, or belongs to somebody else
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
