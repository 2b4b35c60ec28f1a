package io.messagerelay.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FaultTest {
  @Test
  void a_fault_reads_as_one_line() {
    assertThat(new Fault("/event_type", "must be a string").text())
        .isEqualTo("/event_type must be a string");
    assertThat(new Fault("", "must be a JSON object").text()).isEqualTo("must be a JSON object");
  }
}
