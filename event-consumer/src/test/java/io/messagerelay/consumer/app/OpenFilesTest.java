package io.messagerelay.consumer.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class OpenFilesTest {

  @Test
  void a_limit_that_leaves_the_service_what_it_needs_is_no_shortage() {
    assertThat(OpenFiles.shortage(4096, 4296)).isEmpty();
    assertThat(OpenFiles.shortage(4096, Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void a_lower_one_is_told_with_both_numbers() {
    assertThat(OpenFiles.shortage(4096, 4295))
        .contains(
            "CONNECTION_LIMIT is 4096, but this process may open 4295 files only, and needs 200"
                + " itself; lower the one, or raise the other (ulimit -n)");
  }

  @Test
  void the_system_says_how_many_may_be_open() {
    assertThat(OpenFiles.most()).isBetween(64L, Long.MAX_VALUE);
  }
}
