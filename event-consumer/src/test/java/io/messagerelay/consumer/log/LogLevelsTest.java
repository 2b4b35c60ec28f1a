package io.messagerelay.consumer.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.http.LogLevelResource;
import io.messagerelay.consumer.store.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

class LogLevelsTest {
  private static final String CATEGORY = "io.messagerelay.consumer.log.tried";
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final java.util.logging.Logger above =
      java.util.logging.Logger.getLogger("io.messagerelay.consumer.log");
  private final Logger logger = LoggerFactory.getLogger(CATEGORY + ".below");
  private final ManualClock clock = ManualClock.at("2026-01-01T12:00:00Z");
  private final LogLevels levels = new LogLevels(clock);

  @BeforeEach
  void beginAtInfo() {
    above.setLevel(java.util.logging.Level.INFO);
  }

  @AfterEach
  void leaveNothingChanged() {
    pass(LogLevels.LONGEST);
    above.setLevel(null);
  }

  private void pass(Duration time) {
    clock.advance(time);
    levels.tick();
  }

  @Test
  void a_level_holds_for_its_time_and_for_what_is_below_and_goes_back_by_itself() {
    assertThat(logger.isDebugEnabled()).isFalse();

    assertThat(levels.change(CATEGORY, Level.DEBUG, MINUTE)).isTrue();
    assertThat(logger.isDebugEnabled()).isTrue();
    assertThat(levels.all())
        .containsExactly(
            new LogLevels.Change(CATEGORY, Level.DEBUG, Instant.parse("2026-01-01T12:01:00Z")));

    pass(MINUTE.minusMillis(1));
    assertThat(logger.isDebugEnabled()).isTrue();

    pass(Duration.ofMillis(1));
    assertThat(logger.isDebugEnabled()).isFalse();
    assertThat(levels.all()).isEmpty();
  }

  @Test
  void a_second_change_replaces_the_first_and_goes_back_to_what_was_before_both() {
    levels.change(CATEGORY, Level.DEBUG, MINUTE);
    levels.change(CATEGORY, Level.ERROR, MINUTE.multipliedBy(2));
    assertThat(logger.isWarnEnabled()).isFalse();

    pass(MINUTE);
    assertThat(logger.isWarnEnabled()).isFalse();

    pass(MINUTE);
    assertThat(logger.isInfoEnabled()).isTrue();
    assertThat(logger.isDebugEnabled()).isFalse();
  }

  @Test
  void every_level_is_what_it_is_called() {
    for (Level level : Level.values()) {
      levels.change(CATEGORY, level, MINUTE);
      for (Level line : Level.values()) {
        assertThat(logger.isEnabledForLevel(line))
            .as("%s at %s", line, level)
            .isEqualTo(line.toInt() >= level.toInt());
      }
    }
  }

  @Test
  void a_change_and_its_end_are_told_whatever_the_level_is() {
    Logger tellsOfEnds = LoggerFactory.getLogger(LogLevels.class);
    Logger tellsOfChanges = LoggerFactory.getLogger(LogLevelResource.class);
    above.setLevel(java.util.logging.Level.SEVERE);
    levels.change("io.messagerelay", Level.ERROR, MINUTE);

    assertThat(LoggerFactory.getLogger("io.messagerelay.consumer.http").isWarnEnabled()).isFalse();
    assertThat(tellsOfChanges.isInfoEnabled()).isTrue();
    assertThat(tellsOfEnds.isInfoEnabled()).isTrue();
    pass(MINUTE);
    assertThat(tellsOfEnds.isInfoEnabled()).isTrue();
    assertThat(logger.isWarnEnabled()).isFalse();
  }

  @Test
  void no_more_categories_than_some_are_changed_at_once() {
    for (int i = 0; i < LogLevels.MOST; i++) {
      assertThat(levels.change(CATEGORY + i, Level.DEBUG, MINUTE)).isTrue();
    }

    assertThat(levels.change(CATEGORY, Level.DEBUG, MINUTE)).isFalse();
    assertThat(logger.isDebugEnabled()).isFalse();
    assertThat(levels.change(CATEGORY + 0, Level.WARN, MINUTE)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"io.messagerelay", "io.messagerelay.events", "io.messagerelay.a.B_c"})
  void categories_of_ours_can_be_changed(String category) {
    assertThat(LogLevels.isOurs(category)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "io",
        "io.vertx",
        "io.messagerelayed",
        "io.messagerelay.",
        "io.messagerelay..a",
        "io.messagerelay.a b",
        "io.messagerelay.a\n",
        "org.jboss.resteasy"
      })
  void others_cannot(String category) {
    assertThat(LogLevels.isOurs(category)).isFalse();
    assertThat(LogLevels.isOurs("io.messagerelay." + "a".repeat(200))).isFalse();
  }
}
