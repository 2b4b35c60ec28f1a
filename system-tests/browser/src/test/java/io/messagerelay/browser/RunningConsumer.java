package io.messagerelay.browser;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

/**
 * event-consumer as a process of its own, on the store in its folder, for as long as a test runs.
 */
final class RunningConsumer implements AutoCloseable {
  static final String ACCOUNT = "browser";
  static final String PASSWORD = "a password with \"quotes\" & blanks";

  static final Path REPOSITORY = Path.of(System.getProperty("repository"));

  private final Process process;
  private final Path log;
  private final String url;

  private RunningConsumer(Process process, Path log, String url) {
    this.process = process;
    this.log = log;
    this.url = url;
  }

  static RunningConsumer startIn(Path folder) throws IOException {
    return startIn(folder, freePort(), Map.of());
  }

  /**
   * @param settings beside those of every test
   */
  static RunningConsumer startIn(Path folder, int port, Map<String, String> settings)
      throws IOException {
    Path log = folder.resolve("event-consumer.log");
    ProcessBuilder command =
        new ProcessBuilder(REPOSITORY.resolve("bin/event-consumer").toString(), "run")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    command
        .environment()
        .putAll(
            Map.of(
                "SERVICE_NAME",
                ACCOUNT,
                "SERVICE_PASSWORD",
                PASSWORD,
                "SECRET_KEY",
                "0123456789abcdef0123456789abcdef",
                "CONSUMER_PORT",
                String.valueOf(port)));
    command.environment().putAll(settings);
    var consumer = new RunningConsumer(command.start(), log, "http://localhost:" + port);
    consumer.awaitReady();
    return consumer;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady() throws IOException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest ready = HttpRequest.newBuilder(URI.create(url + "/ready")).build();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .failFast("event-consumer ended", () -> !process.isAlive())
          .ignoreExceptions()
          .until(() -> client.send(ready, BodyHandlers.discarding()).statusCode() == 200);
    } catch (ConditionTimeoutException | TerminalFailureException e) {
      throw new IllegalStateException(Files.readString(log), e);
    }
  }

  int port() {
    return URI.create(url).getPort();
  }

  String url() {
    return url;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
