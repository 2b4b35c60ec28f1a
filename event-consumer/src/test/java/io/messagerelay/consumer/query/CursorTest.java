package io.messagerelay.consumer.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CursorTest {
  private static final Cursor CURSOR =
      new Cursor("0123456789abcdef0123456789abcdef", 1_234_567_890_123L, true);

  @Test
  void comes_back_from_its_text() {
    for (boolean ascending : new boolean[] {true, false}) {
      for (long position : new long[] {0, 1, Long.MAX_VALUE}) {
        Cursor cursor = new Cursor(CURSOR.storeId(), position, ascending);

        assertThat(Cursor.of(cursor.text())).contains(cursor);
      }
    }
  }

  @Test
  void is_text_that_needs_no_escaping_in_a_url() {
    assertThat(CURSOR.text()).matches("[A-Za-z0-9_-]{48}");
  }

  @Test
  void is_found_out_when_any_character_is_changed() {
    String text = CURSOR.text();
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/%. ";
    for (int i = 0; i < text.length(); i++) {
      for (int j = 0; j < alphabet.length(); j++) {
        String altered = text.substring(0, i) + alphabet.charAt(j) + text.substring(i + 1);
        if (!altered.equals(text)) {
          assertThat(Cursor.of(altered)).as(altered).isEmpty();
        }
      }
    }
  }

  @Test
  void is_found_out_when_it_is_cut_or_longer() {
    String text = CURSOR.text();
    for (int i = 0; i < text.length(); i++) {
      assertThat(Cursor.of(text.substring(0, i))).isEmpty();
    }
    assertThat(Cursor.of(text + "A")).isEmpty();
    assertThat(Cursor.of(text + "=")).isEmpty();
  }

  @Test
  void keeps_its_form() {
    assertThat(new Cursor("0123456789abcdef0123456789abcdef", 1, true).text())
        .isEqualTo("AQABI0VniavN7wEjRWeJq83vAAAAAAAAAAGKQr1R5DICQDGc");
  }
}
