package io.messagerelay.propagator.source.file;

import io.messagerelay.propagator.source.EventSource;
import io.messagerelay.propagator.source.SourceContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;

/** Over lines good and bad, one of them too large, and the last one not finished. */
final class FollowSourceContractTest extends SourceContract {
  @TempDir Path folder;

  @Override
  protected Kind kind() {
    return Kind.GOES_ON;
  }

  @Override
  protected EventSource open() throws Exception {
    Path file = folder.resolve("app.log");
    if (Files.notExists(file)) {
      String lines =
          IntStream.range(0, 20)
              .mapToObj(number -> number == 7 ? "y".repeat(300_000) : "{\"ü\":" + number + "}")
              .collect(Collectors.joining("\n", "\n", "\r\nnone\n{\"half\":"));
      Files.writeString(file, lines);
    }
    return new FollowSource(file, false, () -> 0);
  }
}
