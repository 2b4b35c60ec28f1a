package io.messagerelay.propagator.source.file;

import io.messagerelay.propagator.source.EventSource;
import io.messagerelay.propagator.source.SourceContract;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Over an array, lines and a packed file, with bad items in each. */
final class ReplaySourceContractTest extends SourceContract {
  @TempDir Path folder;

  @Override
  protected Kind kind() {
    return Kind.ENDS;
  }

  @Override
  protected EventSource open() throws Exception {
    if (Files.notExists(folder.resolve("a.json"))) {
      Files.writeString(
          folder.resolve("a.json"),
          "\uFEFF [1,{\"a\":\"x},\n{\"b\":2} {\"c\":3},,\n\"ü\", 5\n] rest");
      Files.writeString(
          folder.resolve("b.ndjson"), "\n{\"a\":1}\r\n\n" + "y".repeat(300_000) + "\n{\"ü\":3}\n4");
      Files.write(
          folder.resolve("c.jsonl.gz"), ReplayFiles.gzip("{\"a\":1}\n{\"a\"", ":2}\n\n\n5\n"));
      Files.writeString(folder.resolve("d.json"), "  \n ");
      Files.write(folder.resolve("e.json.gz"), ReplayFiles.gzip("[{\"a\":1},", "\n12, 13"));
    }
    return ReplayFiles.source(ReplayFiles.ALL, folder);
  }
}
