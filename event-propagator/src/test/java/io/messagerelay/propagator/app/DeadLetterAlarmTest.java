package io.messagerelay.propagator.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.messagerelay.propagator.spool.FakeSpool;
import io.messagerelay.propagator.spool.Lanes;
import io.messagerelay.propagator.spool.ManualClock;
import io.messagerelay.propagator.spool.NewEntry;
import io.messagerelay.propagator.spool.Spool;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class DeadLetterAlarmTest {
  private static final long ONE = 4 + Spool.OVERHEAD_BYTES;

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger ours = (Logger) LoggerFactory.getLogger(DeadLetterAlarm.class);
  private final Spool spool = new FakeSpool(new Lanes(1), 6 * ONE, new ManualClock());
  private final DeadLetterAlarm alarm = new DeadLetterAlarm(spool, 6 * ONE);

  @BeforeEach
  void listen() {
    log.start();
    ours.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    ours.detachAppender(log);
  }

  @Test
  void half_of_the_bound_in_dead_letters_is_one_error_that_names_the_command() {
    die();
    die();
    alarm.run();
    assertThat(log.list).isEmpty();

    die();
    alarm.run();
    die();
    alarm.run();

    assertThat(log.list)
        .extracting(ILoggingEvent::toString)
        .containsExactly(
            "[ERROR] dead letters take 780 bytes, half of SPOOL_MAX_BYTES or more; when they fill"
                + " it, nothing more is taken: look at them with event-propagator dead-letters"
                + " list, and resend or discard them");
  }

  private void die() {
    spool.take(
        "file",
        List.of(new NewEntry.Unusable("file[0]", "1234".getBytes(UTF_8), List.of("no"))),
        null);
  }
}
