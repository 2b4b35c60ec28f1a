package io.messagerelay.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReportTest {
  @Test
  void a_spread_has_the_middle_sample_when_they_are_odd_in_number() {
    assertThat(Spread.of(List.of(9.0, 1.0, 2.0))).isEqualTo(new Spread(2, 1, 9));
  }

  @Test
  void a_spread_has_the_mean_of_the_middle_two_when_they_are_even_in_number() {
    assertThat(Spread.of(List.of(9.0, 1.0, 2.0, 4.0))).isEqualTo(new Spread(3, 1, 9));
  }

  @Test
  void a_spread_is_written_with_its_ends() {
    assertThat(new Spread(51_400, 50_100, 52_000).whole()).isEqualTo("51,400 (50,100–52,000)");
    assertThat(new Spread(1.236, 1.19, 1.31).fine()).isEqualTo("1.24 (1.19–1.31)");
  }

  @Test
  void samples_say_what_was_never_measured() {
    assertThatThrownBy(() -> new Samples<String>().median("SQLite", Figure.RATE))
        .hasMessage("no RATE was measured of SQLite");
  }

  @Test
  void a_table_is_markdown_with_figures_to_the_right() {
    var table = new Table("store", "events/s");
    table.row("SQLite", "12");

    assertThat(table.markdown())
        .isEqualTo(
            """
            | store | events/s |
            |---|---:|
            | SQLite | 12 |""");
  }

  @Test
  void a_table_refuses_a_row_of_another_width() {
    assertThatThrownBy(() -> new Table("store", "events/s").row("SQLite"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_template_says_what_was_left_out() {
    assertThat(new Template("{{one}}, {{two-and}}").filled(Map.of("one", "$1")))
        .isEqualTo("$1, *(left out of this run)*");
  }
}
