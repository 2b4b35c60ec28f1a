package io.messagerelay.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bin/init-env} and {@code bin/dotenv}, against the reader that the services use. */
class InitEnvTest {
  @TempDir private Path folder;
  private Path file;
  private Shell shell;

  @BeforeEach
  void copyScripts() throws IOException {
    file = folder.resolve(".env");
    shell = Shell.in(folder);
  }

  private String initEnv() throws IOException, InterruptedException {
    Shell.Ended ended = shell.run("bin/init-env");
    assertThat(ended.code()).describedAs(ended.output()).isZero();
    return ended.output().strip();
  }

  private Map<String, DotEnv.Entry> read() {
    DotEnv read = DotEnv.read(file);
    assertThat(read.problems()).isEmpty();
    return read.entries();
  }

  private String value(String name) {
    return Objects.requireNonNull(read().get(name), name).value();
  }

  @Test
  void example_is_read_without_problem_or_warning_and_holds_no_secret() {
    Path example = folder.resolve(".env.example");
    Settings settings = Settings.read(Map.of(), example, KnownNames.all());

    assertThat(settings.problems()).isEmpty();
    assertThat(settings.warnings()).isEmpty();
    for (String secret : new String[] {"SERVICE_PASSWORD", "SECRET_KEY", "MYSQL_PASSWORD"}) {
      assertThat(settings.find(Setting.secret(secret))).isEmpty();
    }
  }

  @Test
  void missing_file_is_made_for_its_owner_only_with_random_secrets() throws Exception {
    assertThat(initEnv())
        .isEqualTo(
            "made .env, which only you can read, with new values for"
                + " SERVICE_NAME, SERVICE_PASSWORD, SECRET_KEY");

    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(value("SERVICE_NAME")).isEqualTo("relay");
    assertThat(value("SERVICE_PASSWORD")).matches("[0-9a-f]{32}");
    assertThat(value("SECRET_KEY")).matches("[0-9a-f]{64}");
    assertThat(value("SCHEDULER_INTERVAL")).isEqualTo("1");

    String first = value("SECRET_KEY");
    Files.delete(file);
    initEnv();
    assertThat(value("SECRET_KEY")).isNotEqualTo(first);
  }

  @Test
  void complete_file_is_left_alone() throws Exception {
    initEnv();
    byte[] before = Files.readAllBytes(file);

    assertThat(initEnv()).isEmpty();
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void empty_and_missing_secrets_are_filled_in_and_nothing_else_changes() throws Exception {
    String theirs =
        "SERVICE_NAME = \"a b\" # c\r\nSECRET_KEY = ''  # key\r\n# end\r\nALGORITHM=HS256";
    Files.writeString(file, theirs);

    assertThat(initEnv())
        .isEqualTo("filled in what was missing or empty in .env: SERVICE_PASSWORD, SECRET_KEY");
    String key = value("SECRET_KEY");
    assertThat(key).matches("[0-9a-f]{64}");
    assertThat(Files.readString(file))
        .isEqualTo(
            theirs.replace("''", key)
                + "\r\nSERVICE_PASSWORD="
                + value("SERVICE_PASSWORD")
                + "\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SERVICE_PASSWORD_HASH=x", "SERVICE_PASSWORD_FILE=/run/password"})
  void password_that_is_given_otherwise_is_not_filled_in(String line) throws Exception {
    Files.writeString(file, "SERVICE_NAME=a\nSECRET_KEY=k\n" + line + "\n");

    assertThat(initEnv()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A=1",
        "  A  =  one two  ",
        "export A=1",
        "A=",
        "A=''",
        "A=\"a # b\" # c",
        "A='it\"s'",
        "A=it's # c",
        "A=#1",
        "A=1#2",
        "A='$x'",
        "\uFEFFA=1\r",
        "AB=2\nA=1\nBA=3"
      })
  void scripts_read_a_value_as_the_services_do(String text) throws Exception {
    Files.writeString(file, text + "\n");

    assertThat(shell.run("bin/dotenv", "A"))
        .isEqualTo(new Shell.Ended(0, value("A").isEmpty() ? "\n" : value("A") + "\n"));
  }
}
