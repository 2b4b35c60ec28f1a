package io.messagerelay.benchmarks.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The checkout whose built services are measured, and a folder for what they write, which lies in
 * the checkout so that it is on the same disk.
 *
 * @param root the checkout
 * @param folder for stores, spools and logs
 */
public record Site(Path root, Path folder, AtomicInteger logs) implements AutoCloseable {
  static final String ACCOUNT = "relay";
  static final String PASSWORD = "a-password-for-measuring";

  private static final Map<String, String> SETTINGS =
      Map.of(
          "SERVICE_NAME",
          ACCOUNT,
          "SERVICE_PASSWORD",
          PASSWORD,
          "SECRET_KEY",
          "a-key-for-measuring-0123456789abcdef",
          "ACCESS_TOKEN_EXPIRE_MINUTES",
          "1440");

  /** What takes the store's place, as {@link WithoutStore} says; copied where no blank can be. */
  private static final String AGENT = "without-store.jar";

  public static Site make(Path root) throws IOException {
    Path folder = Files.createTempDirectory(root.resolve("benchmarks/target"), "run-");
    Files.copy(root.resolve("benchmarks/target/benchmarks.jar"), folder.resolve(AGENT));
    return new Site(root, folder, new AtomicInteger());
  }

  /** The option that makes an event-consumer one without a store. */
  public static String withoutStore() {
    return "-javaagent:" + AGENT;
  }

  /** Starts one of the two services' commands with these settings beside those all have. */
  public Child start(String service, Map<String, String> settings, String... arguments) {
    Map<String, String> all = new HashMap<>(SETTINGS);
    all.putAll(settings);
    Path log = folder.resolve("%s-%d.log".formatted(service, logs.incrementAndGet()));
    List<String> command =
        Stream.concat(
                Stream.of(root.resolve("bin").resolve(service).toString()), Stream.of(arguments))
            .toList();
    return Child.start(command, folder, all, log);
  }

  public static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes what was written. Not called after a failure: the logs tell its cause. */
  @Override
  public void close() {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
