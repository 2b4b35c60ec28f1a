package io.messagerelay.consumer.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.retention.RetentionRules.TypeRule;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionRulesTest {
  @ParameterizedTest
  @CsvSource({"45m, PT45M", "12h, PT12H", "30d, P30D", "365d, P365D"})
  void an_age_is_a_number_and_a_unit(String text, Duration age) {
    assertThat(RetentionRules.age(text)).contains(age);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "0d", "-1d", "1.5h", "30 d", "30D", "d", "1y", "1000000d"})
  void another_text_is_no_age(String text) {
    assertThat(RetentionRules.age(text)).isEmpty();
  }

  @Test
  void the_longest_pattern_decides_about_a_type() {
    var rules =
        new RetentionRules(
            Optional.of(Duration.ofDays(30)),
            OptionalLong.empty(),
            RetentionRules.types("order.*=90d, order.paid=365d ,*=60d,debug.*=1d").orElseThrow());

    assertThat(rules.of("order.paid").map(TypeRule::age)).contains(Duration.ofDays(365));
    assertThat(rules.of("order.paid.late").map(TypeRule::age)).contains(Duration.ofDays(90));
    assertThat(rules.of("debug.").map(TypeRule::age)).contains(Duration.ofDays(1));
    assertThat(rules.of("debug").map(TypeRule::age)).contains(Duration.ofDays(60));
    assertThat(rules.longestAge()).contains(Duration.ofDays(365));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a=", "=1d", "a=1", "a=1d,", "a=1d,a=2d", "a=1d;b=2d"})
  void another_text_is_no_rules_of_types(String text) {
    assertThat(RetentionRules.types(text)).isEmpty();
  }

  @Test
  void what_has_no_age_of_its_own_and_none_for_all_is_kept_for_ever() {
    var rules =
        new RetentionRules(
            Optional.empty(),
            OptionalLong.empty(),
            RetentionRules.types("debug.*=1d").orElseThrow());

    assertThat(rules.longestAge()).isEmpty();
    assertThat(rules.of("order")).isEmpty();
    assertThat(rules.keepAll()).isFalse();
    assertThat(RetentionRules.KEEP_ALL.keepAll()).isTrue();
  }
}
