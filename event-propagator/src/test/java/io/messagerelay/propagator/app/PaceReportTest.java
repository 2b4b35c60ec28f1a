package io.messagerelay.propagator.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.propagator.delivery.Pace;
import io.messagerelay.propagator.delivery.Places;
import io.messagerelay.propagator.delivery.RetrySchedule;
import io.messagerelay.propagator.loop.RateLimit;
import io.messagerelay.propagator.spool.ManualClock;
import io.messagerelay.propagator.spool.PaceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PaceReportTest {
  @TempDir Path folder;

  @Test
  void it_looks_once_a_second_and_an_idle_machine_writes_nothing() throws Exception {
    Path file = folder.resolve("pace.json");
    var clock = new ManualClock();
    var schedule = new RetrySchedule(clock, new Random(1));
    var places = new Places(4, () -> 0, _ -> {});
    var pace = new Pace(schedule, RateLimit.of(500, () -> 0), places, clock);
    try (PaceFile kept = PaceFile.open(file)) {
      var report = new PaceReport(pace, kept);

      assertThat(report.run()).isEqualTo(Duration.ofSeconds(1));
      assertThat(file)
          .hasContent(
              "{\"in_flight\":\"0\",\"allowed\":\"4\",\"most\":\"4\",\"per_second\":\"500\"}");
      Files.delete(file);
      report.run();
      assertThat(file).doesNotExist();
    }
  }
}
