package io.messagerelay.consumer.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportFieldTest {
  private static final String GOOD = "17;age=3.25;dead=2;name=\"host/main\"";

  private static PropagatorReport report(String field) {
    return ReportField.read(List.of(field)).orElseThrow();
  }

  @Test
  void a_report_tells_what_waits_how_long_and_of_whom() {
    assertThat(report(GOOD))
        .isEqualTo(new PropagatorReport("host/main", 17, OptionalDouble.of(3.25), 2));
  }

  @Test
  void where_nothing_waits_there_is_no_age() {
    assertThat(report("0;dead=0;name=\"a\"").ageSeconds()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "  17;age=3.25;dead=2;name=\"host/main\"  ",
        "17; name=\"host/main\"; dead=2; age=3.250",
        "17;age=3.25;dead=2;name=\"host/main\";later=?1;more=:aGk=:",
        "17;dead=9;age=3.25;dead=2;name=\"host/main\"",
      })
  void the_same_may_be_written_otherwise(String field) {
    assertThat(report(field)).isEqualTo(report(GOOD));
  }

  @Test
  void a_whole_number_is_an_age_too() {
    assertThat(report("1;age=60;dead=0;name=\"a\"").ageSeconds()).hasValue(60);
  }

  @Test
  void a_name_may_have_quotes_and_a_hundred_characters() {
    assertThat(report("1;dead=0;name=\"a \\\"b\\\" \\\\\"").name()).isEqualTo("a \"b\" \\");
    assertThat(report("1;dead=0;name=\"" + "n".repeat(100) + '"').name()).hasSize(100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "17",
        "many;age=3.25;dead=2;name=\"host/main\"",
        "\"17\";age=3.25;dead=2;name=\"host/main\"",
        "17.5;age=3.25;dead=2;name=\"host/main\"",
        "-1;age=3.25;dead=2;name=\"host/main\"",
        "9999999999999999;age=3.25;dead=2;name=\"host/main\"",
        "17;age=-0.1;dead=2;name=\"host/main\"",
        "17;age;dead=2;name=\"host/main\"",
        "17;age=3.2555;dead=2;name=\"host/main\"",
        "17;age=NaN;dead=2;name=\"host/main\"",
        "17;age=1e9;dead=2;name=\"host/main\"",
        "17;age=3.25;name=\"host/main\"",
        "17;age=3.25;dead=-2;name=\"host/main\"",
        "17;age=3.25;dead=2.0;name=\"host/main\"",
        "17;age=3.25;dead=2",
        "17;age=3.25;dead=2;name=host/main",
        "17;age=3.25;dead=2;name=\"\"",
        "17;age=3.25;dead=2;name=\"host",
        "17;age=3.25;dead=2;name=\"h\u00f6st\"",
        "17;age=3.25;dead=2;name=\"h\tst\"",
        "17;age=3.25;dead=2;name=\"h\\nst\"",
        "17;age=3.25;dead=2;NAME=\"host/main\"",
        "17;age=3.25;dead=2;name=\"host/main\";",
        "17;age=3.25;dead=2;name=\"host/main\" more",
        "17;age=3.25;dead=2;name=\"host/main\", 17;age=3.25;dead=2;name=\"host/main\"",
        "(17);age=3.25;dead=2;name=\"host/main\"",
      })
  void anything_else_is_no_report(String field) {
    assertThat(ReportField.read(List.of(field))).isEmpty();
  }

  @Test
  void a_name_that_is_too_long_is_none() {
    assertThat(ReportField.read(List.of("1;dead=0;name=\"" + "n".repeat(101) + '"'))).isEmpty();
  }

  @Test
  void a_field_that_is_too_long_is_not_even_read() {
    assertThat(ReportField.read(List.of(GOOD + ";x=\"" + "y".repeat(1_000) + '"'))).isEmpty();
  }

  @Test
  void none_and_two_are_no_report() {
    assertThat(ReportField.read(List.of())).isEmpty();
    assertThat(ReportField.read(List.of(GOOD, GOOD))).isEmpty();
  }

  @Test
  void nothing_that_anybody_sends_is_a_failure() {
    long seed = 20_261_130;
    Random random = new Random(seed);
    String signs = GOOD + " \t\\\"?*:()=,;.-@%ABCz\u0000\u007f\u00ff\uffff";
    for (int i = 0; i < 200_000; i++) {
      StringBuilder field = new StringBuilder(random.nextBoolean() ? GOOD : "");
      for (int n = random.nextInt(12); n > 0; n--) {
        char sign = signs.charAt(random.nextInt(signs.length()));
        int at = random.nextInt(field.length() + 1);
        field.replace(at, Math.min(field.length(), at + random.nextInt(2)), String.valueOf(sign));
      }
      List<String> lines = List.of(field.toString());
      assertThatCode(() -> ReportField.read(lines))
          .as("seed %d, number %d: %s", seed, i, field)
          .doesNotThrowAnyException();
    }
  }
}
