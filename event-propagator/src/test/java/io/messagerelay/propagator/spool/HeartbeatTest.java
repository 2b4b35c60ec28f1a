package io.messagerelay.propagator.spool;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class HeartbeatTest {
  @TempDir Path folder;

  private final ManualClock clock = new ManualClock();

  @Test
  void a_beat_touches_the_file_at_most_once_a_second() throws IOException {
    Heartbeat heartbeat = new Heartbeat(file(), clock);
    Instant first = clock.instant();

    heartbeat.beat();
    assertThat(touched()).isEqualTo(first);
    clock.advance(Duration.ofMillis(999));
    heartbeat.beat();
    assertThat(touched()).isEqualTo(first);
    clock.advance(Duration.ofMillis(1));
    heartbeat.beat();
    assertThat(touched()).isEqualTo(first.plusSeconds(1));
  }

  @Test
  void a_clock_that_was_set_back_does_not_stop_the_beat() throws IOException {
    Heartbeat heartbeat = new Heartbeat(file(), clock);
    heartbeat.beat();
    clock.advance(Duration.ofHours(-1));
    heartbeat.beat();

    assertThat(touched()).isEqualTo(clock.instant());
  }

  @Test
  void a_file_that_cannot_be_written_is_said_once() {
    var log = new ListAppender<ILoggingEvent>();
    log.start();
    var logger = (Logger) LoggerFactory.getLogger(Heartbeat.class);
    logger.addAppender(log);
    try {
      var heartbeat = new Heartbeat(folder.resolve("missing/heartbeat"), clock);
      heartbeat.beat();
      clock.advance(Duration.ofSeconds(1));
      heartbeat.beat();
    } finally {
      logger.detachAppender(log);
    }

    assertThat(log.list)
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .asString()
        .startsWith(
            "the heartbeat " + folder.resolve("missing/heartbeat") + " cannot be written: ");
  }

  private Instant touched() throws IOException {
    return Files.getLastModifiedTime(file()).toInstant();
  }

  private Path file() {
    return folder.resolve("heartbeat");
  }
}
