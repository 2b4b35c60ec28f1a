package io.messagerelay.base;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DotEnvTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve(".env");
  }

  private DotEnv read(String text) throws IOException {
    Files.writeString(file, text);
    return DotEnv.read(file);
  }

  private static DotEnv.Entry value(String value, int line) {
    return new DotEnv.Entry(value, false, ".env line " + line);
  }

  @Test
  void file_of_the_python_original_is_read_whole() throws IOException {
    DotEnv read =
        read(
            """
            # consumer
            SERVICE_NAME = "event_consumer"
            SERVICE_PASSWORD = 'p w'   # change me
            ALGORITHM = "HS256" # Do not change
            ACCESS_TOKEN_EXPIRE_MINUTES = 30

            MYSQL_PORT = 3306 # the default
            """);

    assertThat(read.problems()).isEmpty();
    assertThat(read.entries())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "SERVICE_NAME", value("event_consumer", 2),
                "SERVICE_PASSWORD", value("p w", 3),
                "ALGORITHM", value("HS256", 4),
                "ACCESS_TOKEN_EXPIRE_MINUTES", value("30", 5),
                "MYSQL_PORT", value("3306", 7)));
  }

  @Test
  void byte_order_mark_and_carriage_returns_do_not_count() throws IOException {
    assertThat(read("\uFEFFA=1\r\nB='2'\r\n").entries())
        .isEqualTo(Map.of("A", value("1", 1), "B", value("2", 2)));
  }

  @Test
  void missing_file_is_empty() {
    assertThat(DotEnv.read(file)).isEqualTo(new DotEnv(Map.of(), List.of()));
  }

  @Test
  void folder_in_its_place_is_a_problem() throws IOException {
    Files.createDirectory(file);

    assertThat(DotEnv.read(file).problems())
        .containsExactly(file + ": cannot be read: is a directory");
  }

  @Test
  void other_encoding_is_a_problem() throws IOException {
    Files.write(file, "A=é".getBytes(ISO_8859_1));

    assertThat(DotEnv.read(file).problems()).containsExactly(file + ": is not UTF-8 text");
  }

  @Test
  void every_bad_line_is_a_problem_that_hides_its_value() throws IOException {
    DotEnv read =
        read(
            """
            hunter2
            hunter 2=hunter2
            SECRET_KEY=hunter2$
            SERVICE_PASSWORD="hunter2
            """);

    assertThat(read.problems())
        .containsExactly(
            ".env line 1: no \"=\"; expected NAME=value",
            ".env line 2: what stands before \"=\" is not a name; expected letters, digits and _,"
                + " no digit first",
            "SECRET_KEY: $ or \\ in a value without quotes; put it in single quotes (.env line 3)",
            "SERVICE_PASSWORD: the quote is not closed on this line (.env line 4)");
  }

  @Test
  void name_given_twice_is_a_problem_when_the_values_differ() throws IOException {
    DotEnv read = read("A=1\nB=1\nA=2\nB='1'\n");

    assertThat(read.problems())
        .containsExactly(
            "A: given twice with different values; keep one (.env line 1 and .env line 3)");
    assertThat(read.entries()).containsEntry("B", value("1", 2));
  }
}
