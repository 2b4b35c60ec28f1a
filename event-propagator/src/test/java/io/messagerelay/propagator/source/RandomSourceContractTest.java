package io.messagerelay.propagator.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;

final class RandomSourceContractTest extends SourceContract {
  @TempDir Path folder;

  @Override
  protected Kind kind() {
    return Kind.ENDLESS;
  }

  @Override
  protected EventSource open() throws Exception {
    Path file = Files.writeString(folder.resolve("data.json"), "[0,{\"a\":1},2,3]");
    return RandomSource.open(file, new AlwaysDue(), new Random(42));
  }

  private static final class AlwaysDue implements Beats {
    @Override
    public boolean take() {
      return true;
    }

    @Override
    public Duration pause() {
      return Duration.ZERO;
    }
  }
}
