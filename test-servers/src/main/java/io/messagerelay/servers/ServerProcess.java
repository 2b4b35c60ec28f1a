package io.messagerelay.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A database server as a process with a folder of its own. Used by one thread at a time. */
final class ServerProcess {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String name;
  private final Path folder;
  private @Nullable Process process;

  ServerProcess(String name, Path folder) {
    this.name = name;
    this.folder = folder;
  }

  /** Tries to connect; throws while it cannot. */
  interface Attempt {
    void connect() throws Exception;
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  void start(List<String> line) {
    try {
      process =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void awaitReady(Attempt attempt) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () -> assertThatCode(attempt::connect).as(this::log).doesNotThrowAnyException());
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException(name + " was not started");
    }
    return process;
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("log"), UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  long pid() {
    return running().pid();
  }

  /** To it and to those that it has started. */
  void signal(String signal) {
    Stream.concat(Stream.of(running().toHandle()), running().descendants())
        .forEach(one -> signal(signal, one.pid()));
  }

  private static void signal(String signal, long pid) {
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** With those that it has started. */
  void kill() {
    List<ProcessHandle> others = running().descendants().toList();
    awaitEnd(running().destroyForcibly());
    others.forEach(ProcessHandle::destroyForcibly);
    others.forEach(other -> other.onExit().join());
  }

  /** Also one that is frozen. */
  void remove() throws IOException {
    if (process != null) {
      kill();
    }
    delete(folder);
  }

  private void awaitEnd(Process process) {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError(name + " does not end");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException e)
              throws IOException {
            Files.delete(emptied);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
