package io.messagerelay.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.contract.Wire.ItemStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireTest {
  @ParameterizedTest
  @CsvSource({"STORED, stored", "DUPLICATE, duplicate", "REJECTED, rejected"})
  void a_status_is_written_and_read_as_its_word(ItemStatus status, String word) {
    assertThat(status.word()).isEqualTo(word);
    assertThat(ItemStatus.of(word)).contains(status);
  }

  @Test
  void a_word_that_is_no_status_is_none() {
    assertThat(ItemStatus.of("Stored")).isEmpty();
  }
}
