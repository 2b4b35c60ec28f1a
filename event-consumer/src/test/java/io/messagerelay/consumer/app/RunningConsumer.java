package io.messagerelay.consumer.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The packaged service as a process of its own, with a folder and a port of its own. */
public final class RunningConsumer implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration ANSWER = Duration.ofSeconds(20);

  private final Process process;
  private final Path folder;
  private final int port;
  private volatile Consumer<HttpResponse<String>> ear = _ -> {};
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(ANSWER).build();

  private RunningConsumer(Process process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
  }

  /** Starts {@code event-consumer run} with these settings over good ones; waits until ready. */
  public static RunningConsumer start(Path folder, Map<String, String> settings) {
    RunningConsumer consumer = begin(folder, settings);
    consumer.awaitReady();
    return consumer;
  }

  /** The same without waiting: it is about to start. */
  static RunningConsumer begin(Path folder, Map<String, String> settings) {
    int port = freePort();
    Map<String, String> all = goodSettings(port);
    all.putAll(settings);
    return new RunningConsumer(command(folder, all, "run"), folder, port);
  }

  /** Runs a command to its end, whatever that is. */
  public static Ended run(Path folder, Map<String, String> settings, String... arguments) {
    Process process = command(folder, settings, arguments);
    try {
      if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("did not end: " + log(folder));
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return new Ended(process.exitValue(), log(folder));
  }

  /** How a command ended and all that it printed. */
  public record Ended(int exitCode, String output) {}

  /** Settings that let the service run. */
  public static Map<String, String> goodSettings(int port) {
    return new HashMap<>(
        Map.of(
            "SERVICE_NAME", "relay",
            "SERVICE_PASSWORD", "secret",
            "SECRET_KEY", "0123456789abcdef0123456789abcdef",
            "CONSUMER_PORT", Integer.toString(port),
            "LOG_FORMAT", "text",
            "LOG_EVENTS", "true",
            "LC_ALL", "C.UTF-8"));
  }

  public static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Process command(Path folder, Map<String, String> settings, String... arguments) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String jar = Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath().toString();
    List<String> line =
        new ArrayList<>(
            List.of(
                java,
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1", // it ends soon
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                jar));
    line.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    builder.environment().clear();
    builder.environment().putAll(settings);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitReady() {
    long end = System.nanoTime() + START.toNanos();
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        process.destroyForcibly();
        throw new AssertionError("not ready: " + log());
      }
    }
  }

  private boolean isReady() {
    try {
      boolean ended = process.waitFor(50, TimeUnit.MILLISECONDS);
      return !ended && get("/ready").statusCode() == 200;
    } catch (UncheckedIOException | InterruptedException e) {
      return false;
    }
  }

  public int port() {
    return port;
  }

  public Path storeFile() {
    return folder.resolve("var/store.db");
  }

  public String log() {
    return log(folder);
  }

  private static String log(Path folder) {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public HttpRequest.Builder request(String pathAndQuery) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + pathAndQuery))
        .timeout(ANSWER);
  }

  /** Lets every answer from now on be heard, before who asked has it. */
  public void hear(Consumer<HttpResponse<String>> listener) {
    ear = listener;
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
      ear.accept(answer);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public HttpResponse<String> get(String pathAndQuery) {
    return send(request(pathAndQuery));
  }

  /** A form, as a login. */
  public HttpResponse<String> postForm(String path, String form) {
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  /** An access token with these scopes. */
  public String token(String scopes) {
    String answer =
        postForm("/token", "username=relay&password=secret&scope=" + scopes.replace(' ', '+'))
            .body();
    return answer.replaceFirst(".*\"access_token\":\"([^\"]+)\".*", "$1");
  }

  /** Sends SIGTERM and waits for the end. */
  public int stop() {
    process.destroy();
    return awaitEnd();
  }

  /** Sends SIGINT, as Ctrl-C does, and waits for the end. */
  int interrupt() throws IOException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).inheritIO().start();
    return awaitEnd();
  }

  private int awaitEnd() {
    try {
      if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("did not stop: " + log());
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return process.exitValue();
  }

  /** Sends SIGTERM and does not wait. */
  public void askToStop() {
    process.destroy();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
