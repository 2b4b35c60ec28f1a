package io.messagerelay.propagator.delivery;

import static io.messagerelay.propagator.delivery.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.propagator.spool.AsideEvent;
import io.messagerelay.propagator.spool.RecordedNote;
import io.messagerelay.propagator.spool.Settlement.Dead;
import io.messagerelay.propagator.spool.Settlement.Delivered;
import io.messagerelay.propagator.spool.Settlement.Duplicate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryLogTest {
  private static final String ID = "01995b7e-aaaa-7bbb-8ccc-0123456789ab";

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
  private final RecordedNote note = new RecordedNote();
  private final DeliveryLog log = new DeliveryLog(nanos::get, note);
  private final RecordedLog alarms = new RecordedLog(DeliveryLog.class.getName());
  private final RecordedLog events = new RecordedLog("io.messagerelay.events");

  @AfterEach
  void close() {
    alarms.close();
    events.close();
  }

  @Test
  void dead_letter_is_a_warning_with_its_reasons() {
    log.settled(new Dead(event(10, ID), 400, List.of("/event_type must be a string", "/x no")));

    assertThat(alarms.lines())
        .containsExactly(
            "WARN dead letter 01995b7e…89ab from data.json[10]: 400 /event_type must be a string;"
                + " /x no (attempt 10)");
  }

  @Test
  void delivered_event_is_a_line_for_people() {
    log.settled(new Delivered(event(3, ID)));
    log.settled(new Duplicate(event(4, "short")));

    assertThat(events.lines())
        .containsExactly(
            "INFO delivered 01995b7e…89ab from data.json[3] (attempt 3)",
            "INFO delivered before: short from data.json[4] (attempt 4)");
    assertThat(alarms.lines()).isEmpty();
  }

  @Test
  void consumer_that_is_away_is_said_once_a_minute_and_once_when_it_is_back() {
    for (int second = 0; second < 120; second++) {
      log.deferred(second % 4, "away");
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    }
    List.of(0, 1, 2, 3).forEach(log::answered);
    log.answered(0);

    String away = "WARN delivery waits, the events are kept: away";
    assertThat(alarms.lines()).containsExactly(away, away, "INFO events are delivered again");
  }

  @Test
  void consumer_is_back_only_when_every_lane_is_through() {
    log.deferred(0, "away");
    log.deferred(1, "away");
    log.answered(0);
    assertThat(alarms.lines()).hasSize(1);

    log.answered(1);
    assertThat(alarms.lines()).last().isEqualTo("INFO events are delivered again");
  }

  @Test
  void what_it_fails_of_is_noted_each_time_and_when_every_lane_is_through() {
    log.deferred(0, "away");
    log.held(1, "wrong password");
    log.answered(0);
    assertThat(note.said).containsExactly("failing: away", "failing: wrong password");

    log.answered(1);
    assertThat(note.said).last().isEqualTo("over");
  }

  @Test
  void consumer_that_comes_and_goes_does_not_fill_the_log() {
    for (int i = 0; i < 100; i++) {
      log.deferred(0, "busy");
      log.answered(0);
    }

    assertThat(alarms.lines()).hasSize(2);
  }

  @Test
  void event_that_is_set_aside_is_a_warning_and_that_it_still_fails_is_one_a_minute() {
    log.deferred(0, "500");
    log.setAside(0, event(5, ID), "500");
    log.answered(0);
    for (int second = 0; second < 120; second++) {
      log.failedAside(4, new AsideEvent(event(6, ID), Instant.EPOCH, 1, "501"));
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    }

    String still = "WARN still aside: 01995b7e…89ab from data.json[6] (attempt 6): 501";
    assertThat(alarms.lines())
        .containsExactly(
            "WARN delivery waits, the events are kept: 500",
            "WARN set aside after 5 attempts, so that others pass: 01995b7e…89ab from data.json[5]: 500",
            "INFO events are delivered again",
            still,
            still);
  }

  @Test
  void what_an_event_aside_fails_of_is_the_last_error_until_it_passes() {
    log.failedAside(4, new AsideEvent(event(6, ID), Instant.EPOCH, 1, "501"));
    log.answered(0);
    assertThat(note.said).containsExactly("failing: 501");

    log.leftAside(4);
    assertThat(note.said).last().isEqualTo("over");
  }

  @Test
  void consumer_that_is_back_is_said_although_an_event_is_still_aside() {
    log.failedAside(4, new AsideEvent(event(6, ID), Instant.EPOCH, 1, "501"));
    log.deferred(0, "away");
    log.deferred(4, "away");
    log.answered(0);
    log.failedAside(4, new AsideEvent(event(7, ID), Instant.EPOCH, 2, "501"));
    log.answered(0);

    assertThat(alarms.lines()).last().isEqualTo("INFO events are delivered again");
  }

  @Test
  void wrong_setting_is_an_error_said_once_and_again_when_the_reason_changes() {
    for (int i = 0; i < 10; i++) {
      log.held(0, "403: give it the scope");
      log.held(1, "403: give it the scope");
      nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    }
    log.held(0, "404: check CONSUMER_URL");
    log.answered(0);
    log.answered(1);

    assertThat(alarms.lines())
        .containsExactly(
            "ERROR delivery waits until a setting is changed: 403: give it the scope",
            "ERROR delivery waits until a setting is changed: 404: check CONSUMER_URL",
            "INFO events are delivered again");
  }
}
