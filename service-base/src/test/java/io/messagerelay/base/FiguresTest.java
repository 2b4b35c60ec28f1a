package io.messagerelay.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FiguresTest {
  private final Figures figures =
      new Figures().with("spool", "a \"b\"\nc=d").with("pending", 3).with("running", true);

  @Test
  void json_is_one_object_on_one_line_in_the_order_given() {
    assertThat(figures.json())
        .isEqualTo("{\"spool\":\"a \\\"b\\\"\\nc=d\",\"pending\":3,\"running\":true}");
  }

  @Test
  void a_shell_reads_a_name_and_a_value_a_line() {
    assertThat(figures.lines().lines())
        .containsExactly("spool=a \"b\" c=d", "pending=3", "running=true");
  }

  @ParameterizedTest
  @CsvSource({
    "0,0 bytes",
    "1023,1023 bytes",
    "1024,1.0 KiB",
    "13107200,12.5 MiB",
    "1073741824,1.0 GiB",
    "1048063,1.0 MiB",
    "9223372036854775807,8388608.0 TiB"
  })
  void bytes_are_told_in_the_unit_that_fits(long bytes, String text) {
    assertThat(Amounts.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0.9S,0 s",
    "PT119S,119 s",
    "PT2M,2 min",
    "PT119M,119 min",
    "PT47H,47 h",
    "P40D,40 d"
  })
  void time_is_told_in_the_unit_that_fits(Duration span, String text) {
    assertThat(Amounts.time(span)).isEqualTo(text);
  }
}
