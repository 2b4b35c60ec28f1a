package io.messagerelay.browser;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A shell in a folder like that of message-relay, into which commands are pasted. */
final class Shell {
  private static final int PATIENCE_SECONDS = 30;

  private final Path folder;

  private Shell(Path folder) {
    this.folder = folder;
  }

  /** Makes it one in which bin/dotenv finds the password. */
  static Shell in(Path folder) throws IOException {
    Files.createSymbolicLink(folder.resolve("bin"), RunningConsumer.REPOSITORY.resolve("bin"));
    Files.writeString(
        folder.resolve(".env"), "SERVICE_PASSWORD='" + RunningConsumer.PASSWORD + "'");
    return new Shell(folder);
  }

  /** Runs a command as it is; gives what it prints. */
  String run(String command) throws IOException, InterruptedException {
    Path answer = Files.createTempFile(folder, "answer", "");
    Process process =
        new ProcessBuilder("sh", "-c", command)
            .directory(folder.toFile())
            .redirectOutput(answer.toFile())
            .start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException(command + " did not end");
    }
    return Files.readString(answer, StandardCharsets.UTF_8);
  }
}
