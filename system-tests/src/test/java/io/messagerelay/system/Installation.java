package io.messagerelay.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Both services in a folder of their own: settings, data, store, spool and logs. Used by several
 * threads; each of them starts and ends its own children.
 */
final class Installation implements AutoCloseable {
  static final String ACCOUNT = "relay";

  /** Looks like no other text, so that it can be looked for in every log. */
  static final String PASSWORD = "canary-password-b0f2a1";

  private static final String STORE_FILE = "var/store.db";

  private final Checkout checkout;
  private final Path folder;
  private final int port;
  private final StoreChoice store;
  private final Map<Child, Service> children = new LinkedHashMap<>();

  private Installation(Checkout checkout, Path folder, int port, StoreChoice store) {
    this.checkout = checkout;
    this.folder = folder;
    this.port = port;
    this.store = store;
  }

  /** An empty one, in a new folder below the system's for temporary files. */
  static Installation create(Checkout checkout) {
    Path folder = newFolder();
    Path storeFile = folder.resolve(STORE_FILE);
    return new Installation(checkout, folder, freePort(), new StoreChoice.Embedded(storeFile));
  }

  /** An empty one whose consumers store in a database; whoever made the store closes it. */
  static Installation create(Checkout checkout, StoreChoice store) {
    return new Installation(checkout, newFolder(), freePort(), store);
  }

  private static Path newFolder() {
    try {
      Path folder = Files.createTempDirectory("message-relay-");
      Files.createDirectory(folder.resolve("logs"));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One that nobody listens on now. */
  static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path folder() {
    return folder;
  }

  Path dataFile() {
    return folder.resolve("data.json");
  }

  Path storeFile() {
    return folder.resolve(STORE_FILE);
  }

  /** The settings that choose the store, where it is not the usual one. */
  Map<String, String> storeSettings() {
    return store.settings();
  }

  /** What is stored; the caller closes it. */
  StoredRows rows() {
    return new StoredRows(store);
  }

  Path spoolDir() {
    return folder.resolve("var/spool");
  }

  int port() {
    return port;
  }

  URI consumerUrl() {
    return urlOf(port);
  }

  private static URI urlOf(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** The settings that both services run with, unless a test says otherwise. */
  Map<String, String> settings() {
    return Map.ofEntries(
        Map.entry("SERVICE_NAME", ACCOUNT),
        Map.entry("SERVICE_PASSWORD", PASSWORD),
        Map.entry("SECRET_KEY", "canary-key-4c1de7-canary-key-4c1de7-canary"),
        Map.entry("CONSUMER_PORT", Integer.toString(port)),
        Map.entry("CONSUMER_URL", consumerUrl().toString()),
        Map.entry("DATA_FILE", dataFile().toString()),
        Map.entry("SCHEDULER_INTERVAL", "0.002"),
        Map.entry("LOG_EVENTS", "true"),
        Map.entry("LOG_FORMAT", "text"));
  }

  void writeData(String json) {
    write(dataFile(), json);
  }

  void writeDotEnv(String text) {
    write(folder.resolve(".env"), text);
  }

  /** Starts a service with the usual settings and these on top; an empty value takes one away. */
  Child start(Service service, Map<String, String> extra, String... arguments) {
    Map<String, String> settings = new HashMap<>(settings());
    settings.putAll(store.settings());
    settings.putAll(extra);
    settings.values().removeIf(String::isEmpty);
    return startWithOnly(service, settings, arguments);
  }

  /**
   * Starts a service that can make no file larger than so many bytes, as on a disk that is full.
   */
  Child startWithFilesUpTo(long bytes, Service service, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of("/bin/sh", "-c", "ulimit -f " + bytes / 512 + "; exec \"$0\" \"$@\""));
    command.add(checkout.command(service));
    command.addAll(List.of(arguments));
    return start(service, settings(), command);
  }

  /** Starts a service with these settings and no others. */
  Child startWithOnly(Service service, Map<String, String> settings, String... arguments) {
    List<String> command = new ArrayList<>(List.of(checkout.command(service)));
    command.addAll(List.of(arguments));
    return start(service, settings, command);
  }

  private Child start(Service service, Map<String, String> settings, List<String> command) {
    synchronized (children) {
      Path log = folder.resolve("logs/%s-%d.log".formatted(service.command(), children.size()));
      Child child = Child.start(command, folder, settings, log);
      children.put(child, service);
      return child;
    }
  }

  Child consumer() {
    return start(Service.CONSUMER, Map.of(), "run");
  }

  /** Starts a further consumer on the same store and says where it answers once it is ready. */
  URI anotherConsumer(Duration atMost) {
    int itsPort = freePort();
    Child consumer =
        start(Service.CONSUMER, Map.of("CONSUMER_PORT", Integer.toString(itsPort)), "run");
    awaitReady(consumer, urlOf(itsPort), atMost);
    return urlOf(itsPort);
  }

  Child propagator(String... more) {
    List<String> arguments = new ArrayList<>(List.of("run"));
    arguments.addAll(List.of(more));
    return start(Service.PROPAGATOR, Map.of(), arguments.toArray(String[]::new));
  }

  /** Waits until the consumer takes requests. */
  void awaitReady(Child consumer, Duration atMost) {
    awaitReady(consumer, consumerUrl(), atMost);
  }

  private static void awaitReady(Child consumer, URI url, Duration atMost) {
    try (var api = new ConsumerApi(url)) {
      Waiting.until(
          "the consumer is ready; its log: " + consumer.log(),
          atMost,
          () -> consumer.alive() && api.ready());
    }
  }

  /** Every child so far, in the order they were started. */
  List<Child> children() {
    synchronized (children) {
      return List.copyOf(children.keySet());
    }
  }

  /** Those of one service. */
  List<Child> children(Service service) {
    synchronized (children) {
      return children.keySet().stream().filter(child -> children.get(child) == service).toList();
    }
  }

  /** Ends what still runs; the folder stays. */
  @Override
  public void close() {
    children().forEach(Child::close);
  }

  /** Takes the folder away, once everything is closed. */
  void delete() {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
