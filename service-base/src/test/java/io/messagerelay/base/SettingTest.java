package io.messagerelay.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTest {
  private static final Setting<Integer> LANES = Setting.wholeNumber("LANES", 1, 64);
  private static final Setting<Duration> INTERVAL =
      Setting.seconds("SCHEDULER_INTERVAL", Duration.ofMillis(100), Duration.ofDays(1));
  private static final Setting<Duration> LIFE =
      Setting.minutes("LIFE", Duration.ofMinutes(1), Duration.ofDays(1));
  private static final Setting<URI> URL = Setting.httpUrl("CONSUMER_URL");
  private static final Setting<Long> BYTES = Setting.bytes("SPOOL_MAX_BYTES", 1 << 20, 1L << 40);
  private static final Setting<Boolean> FLAG = Setting.flag("LOG_EVENTS");
  private static final Setting<LogFormat> FORMAT = Setting.oneOf("LOG_FORMAT", LogFormat.class);

  private static Settings given(Setting<?> setting, String value) {
    return Settings.read(Map.of(setting.name(), value), Path.of("/no/such/.env"), Set.of());
  }

  private static <T> T read(Setting<T> setting, String value) {
    Settings settings = given(setting, value);
    T result = settings.get(setting);
    assertThat(settings.problems()).isEmpty();
    return result;
  }

  private static void assertRefused(Setting<?> setting, String value, String because) {
    Settings settings = given(setting, value);
    assertThat(settings.find(setting)).isEqualTo(Optional.empty());
    assertThat(settings.problems())
        .containsExactly(
            "%s: \"%s\" is not %s (environment)".formatted(setting.name(), value, because));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "64,64", "007,7"})
  void whole_number_is_read_within_its_range(String text, int value) {
    assertThat(read(LANES, text)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65", "1.5", "-1", "+1", "1e3", " 1", "99999999999999999999"})
  void whole_number_is_refused_outside(String text) {
    assertRefused(LANES, text, "a whole number; expected 1 to 64");
  }

  @ParameterizedTest
  @CsvSource({"0.1,100", "1,1000", "2.25,2250", "86400,86400000"})
  void seconds_may_have_decimals(String text, long millis) {
    assertThat(read(INTERVAL, text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.099", "86400.001", "ten", "1s", "PT1S", "-1", "1.", ".5"})
  void seconds_are_refused_outside_the_range(String text) {
    assertRefused(INTERVAL, text, "a number of seconds; expected 0.1 to 86400");
  }

  @Test
  void minutes_may_have_decimals() {
    assertThat(read(LIFE, "1.5")).isEqualTo(Duration.ofSeconds(90));
    assertRefused(LIFE, "0.5", "a number of minutes; expected 1 to 1440");
  }

  @Test
  void bound_that_the_unit_does_not_divide_is_shown_as_one_that_is_accepted() {
    Setting<Duration> life =
        Setting.minutes("LIFE", Duration.ofSeconds(1), Duration.ofSeconds(100));

    assertThat(life.form()).isEqualTo("a number of minutes: 0.016666667 to 1.666666666");
    assertThat(read(life, "0.016666667")).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(read(life, "1.666666666")).isLessThanOrEqualTo(Duration.ofSeconds(100));
    assertRefused(life, "0.016666666", "a number of minutes; expected 0.016666667 to 1.666666666");
  }

  @Test
  void path_is_read_as_written() {
    assertThat(read(Setting.path("STORE_FILE"), "var/store.db")).isEqualTo(Path.of("var/store.db"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://localhost:8000", "https://h/events/", "HTTP://[::1]:80", "http://h:65535"})
  void http_url_is_read(String text) {
    assertThat(read(URL, text)).isEqualTo(URI.create(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:8000",
        "ftp://h",
        "http://",
        "http:///event",
        "http://h:0",
        "http://h:65536",
        "http://h?a=b",
        "http://h#a",
        "http://h h"
      })
  void other_url_is_refused(String text) {
    assertRefused(
        URL, text, "a URL; expected http:// or https://, a host, and a port and path if needed");
  }

  @ParameterizedTest
  @CsvSource({"1048576,1048576", "1MiB,1048576", "512 MiB,536870912", "1GiB,1073741824"})
  void bytes_may_have_a_unit(String text, long bytes) {
    assertThat(read(BYTES, text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1048575", "1KiB", "1025GiB", "1GB", "1.5GiB", "999999999999999999TiB"})
  void bytes_are_refused_outside_the_range(String text) {
    assertRefused(
        BYTES, text, "a size; expected 1MiB to 1TiB, as 512MiB, 1GiB or a number of bytes");
  }

  @Test
  void flag_is_true_or_false() {
    assertThat(read(FLAG, "true")).isTrue();
    assertThat(read(FLAG, "True")).isTrue();
    assertThat(read(FLAG, "false")).isFalse();
    assertRefused(FLAG, "yes", "a switch; expected true or false");
  }

  @Test
  void constant_is_read_in_any_case() {
    assertThat(read(FORMAT, "json")).isEqualTo(LogFormat.JSON);
    assertThat(read(FORMAT, "JSON")).isEqualTo(LogFormat.JSON);
    assertRefused(FORMAT, "xml", "one of them; expected auto, text or json");
  }

  @Test
  void default_in_the_wrong_form_is_a_fault_of_ours() {
    assertThatThrownBy(() -> LANES.byDefault("65"))
        .hasMessage("LANES: default 65 is not a whole number: 1 to 64");
  }

  @Test
  void table_has_a_row_for_each_setting() {
    String rows =
        SettingsTable.rows(
            List.of(
                LANES.byDefault("4").means("How many a|b."),
                Setting.secret("SECRET_KEY").means("Signs tokens."),
                FORMAT.byDefault("auto").means("How lines look.")));

    assertThat(rows)
        .isEqualTo(
            """
            | `LANES` | a whole number: 1 to 64 | `4` | How many a\\|b. |
            | `SECRET_KEY` | a secret, or in the file that SECRET_KEY_FILE names |  | Signs tokens. |
            | `LOG_FORMAT` | auto, text or json | `auto` | How lines look. |
            """);
  }
}
