package io.messagerelay.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogFormatTest {

  @Test
  void auto_is_text_on_a_terminal_only() {
    assertThat(LogFormat.AUTO.resolved(true)).isEqualTo(LogFormat.TEXT);
    assertThat(LogFormat.AUTO.resolved(false)).isEqualTo(LogFormat.JSON);
  }

  @Test
  void chosen_format_does_not_depend_on_the_terminal() {
    assertThat(LogFormat.TEXT.resolved(false)).isEqualTo(LogFormat.TEXT);
    assertThat(LogFormat.JSON.resolved(true)).isEqualTo(LogFormat.JSON);
  }
}
