package io.messagerelay.base;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class VisibleTest {
  @Test
  void what_a_terminal_would_obey_is_shown_instead() {
    assertThat(Visible.of("a\u001b[31mb\nc\td\u202ee\u2028f"))
        .isEqualTo("a\\u001b[31mb\\u000ac\\u0009d\\u202ee\\u2028f");
    assertThat(Visible.of("ü 😀 日本")).isEqualTo("ü 😀 日本");
    assertThat(Visible.of("\ud83d")).isEqualTo("\\ud83d");
  }

  @Test
  void a_body_keeps_its_lines_and_shows_bytes_that_are_no_text() {
    byte[] bytes = "{\n\t\"a\": \"ü\u0007\"}".getBytes(UTF_8);
    assertThat(Visible.body(bytes)).isEqualTo("{\n\t\"a\": \"ü\\u0007\"}");
    assertThat(Visible.body(new byte[] {'a', (byte) 0xff, 'b', (byte) 0xc3}))
        .isEqualTo("a\\xffb\\xc3");
    assertThat(Visible.body(new byte[0])).isEmpty();
    assertThat(Visible.text(bytes)).contains(new String(bytes, UTF_8));
    assertThat(Visible.text(new byte[] {(byte) 0xff})).isEmpty();
  }

  @Test
  void a_long_text_is_cut_on_a_line() {
    assertThat(Visible.line("x".repeat(200))).hasSize(200);
    assertThat(Visible.line("x".repeat(201))).hasSize(201).endsWith("…");
  }
}
