package io.messagerelay.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FindingTest {
  private final StringWriter out = new StringWriter();

  @Test
  void a_line_is_printed_for_each_and_the_first_failure_gives_the_exit_code() {
    int code =
        tell(
            Finding.ok("settings", "complete"),
            Finding.failed(ExitCodes.UNAVAILABLE, "store", new IOException("it is locked")),
            new Finding(ExitCodes.NO_PERMISSION, "login", "wrong password"));

    assertThat(code).isEqualTo(ExitCodes.UNAVAILABLE);
    assertThat(out.toString().lines())
        .containsExactly(
            "ok    settings   complete",
            "FAIL  store      it is locked",
            "FAIL  login      wrong password");
  }

  @Test
  void nothing_failed_is_success() {
    assertThat(tell(Finding.ok("settings", "complete"))).isEqualTo(ExitCodes.OK);
  }

  private int tell(Finding... findings) {
    return Finding.tell(List.of(findings), new PrintWriter(out, true));
  }
}
