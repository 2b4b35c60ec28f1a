package io.messagerelay.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  private static final Setting<String> NAME = Setting.text("SERVICE_NAME");
  private static final Setting<String> KEY = Setting.secret("SECRET_KEY");
  private static final Setting<Integer> PORT = Setting.port("MYSQL_PORT").byDefault("3306");

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();

  private Settings read(String dotEnv) throws IOException {
    Path file = folder.resolve(".env");
    Files.writeString(file, dotEnv);
    return Settings.read(environment, file, KnownNames.all());
  }

  private String secretFile(String content) throws IOException {
    return Files.writeString(folder.resolve("secret"), content).toString();
  }

  @Test
  void environment_goes_over_the_file_and_the_file_over_the_default() throws IOException {
    environment.put("SERVICE_NAME", "from environment");
    Settings settings = read("SERVICE_NAME=from file\nMYSQL_PORT=3307\n");

    assertThat(settings.get(NAME)).isEqualTo("from environment");
    assertThat(settings.get(PORT)).isEqualTo(3307);
    assertThat(settings.problems()).isEmpty();
    assertThat(read("").get(PORT)).isEqualTo(3306);
  }

  @Test
  void empty_value_in_the_environment_hides_the_file() throws IOException {
    environment.put("MYSQL_PORT", "");
    Settings settings = read("MYSQL_PORT=3307");

    assertThat(settings.get(PORT)).isEqualTo(3306);
    assertThat(settings.find(PORT)).isEmpty();
  }

  @Test
  void optional_setting_may_be_absent() throws IOException {
    Settings settings = read("SERVICE_NAME=\n");

    assertThat(settings.find(NAME)).isEmpty();
    assertThat(settings.problems()).isEmpty();
  }

  @Test
  void every_problem_is_a_line_with_name_value_limits_and_place() throws IOException {
    environment.put("CONSUMER_PORT", "99999");
    Settings settings = read("\nMYSQL_PORT=33o6\nSECRET_KEY=hunter2\n");

    assertThat(settings.get(PORT)).isEqualTo(3306);
    assertThat(settings.get(Setting.port("CONSUMER_PORT"))).isEqualTo(1);
    assertThat(settings.get(NAME)).isEmpty();
    settings.reject(KEY, "7 bytes; expected 32 or more");

    assertThat(settings.problems())
        .containsExactly(
            "MYSQL_PORT: \"33o6\" is not a port; expected 1 to 65535 (.env line 2)",
            "CONSUMER_PORT: \"99999\" is not a port; expected 1 to 65535 (environment)",
            "SERVICE_NAME: not set; expected any text (environment or .env)",
            "SECRET_KEY: 7 bytes; expected 32 or more (.env line 3)");
  }

  @Test
  void bad_optional_value_is_a_problem_once() throws IOException {
    Settings settings = read("MYSQL_PORT=0");

    assertThat(settings.find(PORT)).isEmpty();
    assertThat(settings.find(PORT)).isEmpty();
    assertThat(settings.problems())
        .containsExactly("MYSQL_PORT: \"0\" is not a port; expected 1 to 65535 (.env line 1)");
  }

  @Test
  void setting_with_a_problem_gets_no_second_one() throws IOException {
    Settings settings = read("SECRET_KEY=a$b\nMYSQL_PORT=x\n");

    assertThat(settings.get(KEY)).isEmpty();
    settings.reject(KEY, "0 bytes; expected 32 or more");
    assertThat(settings.get(PORT)).isEqualTo(3306);
    settings.reject(PORT, "a cross-check of the stand-in");

    assertThat(settings.problems())
        .containsExactly(
            "SECRET_KEY: $ or \\ in a value without quotes; put it in single quotes (.env line 1)",
            "MYSQL_PORT: \"x\" is not a port; expected 1 to 65535 (.env line 2)");
  }

  @Test
  void environment_replaces_a_refused_line_that_stays_a_problem() throws IOException {
    environment.put("SECRET_KEY", "from environment");
    Settings settings = read("SECRET_KEY=a$b");

    assertThat(settings.get(KEY)).isEqualTo("from environment");
    assertThat(settings.problems()).hasSize(1);
  }

  @Test
  void rejected_default_is_called_so() throws IOException {
    Settings settings = read("");
    settings.reject(PORT, "needs MYSQL_HOST");

    assertThat(settings.problems()).containsExactly("MYSQL_PORT: needs MYSQL_HOST (default)");
  }

  @Test
  void missing_secret_says_how_it_may_be_given() throws IOException {
    Settings settings = read("");
    assertThat(settings.get(KEY)).isEmpty();

    assertThat(settings.problems())
        .containsExactly(
            "SECRET_KEY: not set; expected any text, or its file in SECRET_KEY_FILE"
                + " (environment or .env)");
  }

  @Test
  void secret_is_read_from_its_file_without_the_last_line_end() throws IOException {
    environment.put("SECRET_KEY_FILE", secretFile("a b\n\r\n"));

    assertThat(read("").get(KEY)).isEqualTo("a b\n");
  }

  @Test
  void problem_of_a_secret_in_a_file_names_the_file() throws IOException {
    String file = secretFile("hunter2");
    Settings settings = read("SECRET_KEY_FILE='" + file + "'");
    settings.reject(KEY, "7 bytes; expected 32 or more");

    assertThat(settings.problems())
        .containsExactly(
            "SECRET_KEY: 7 bytes; expected 32 or more ("
                + file
                + ", SECRET_KEY_FILE in .env line 1)");
  }

  @Test
  void secret_given_twice_is_a_problem() throws IOException {
    environment.put("SECRET_KEY_FILE", secretFile("hunter2"));
    Settings settings = read("SECRET_KEY=hunter3");
    assertThat(settings.get(KEY)).isEmpty();

    assertThat(settings.problems())
        .containsExactly(
            "SECRET_KEY: SECRET_KEY_FILE is set as well; keep one (.env line 1 and environment)");
  }

  @Test
  void unusable_file_of_a_secret_is_a_problem() throws IOException {
    environment.put("SECRET_KEY_FILE", "/no/such/file");
    environment.put("SERVICE_PASSWORD_FILE", secretFile("\n"));
    environment.put("MYSQL_PASSWORD_FILE", folder.toString());
    Settings settings = read("");
    settings.find(KEY);
    settings.find(Setting.secret("SERVICE_PASSWORD"));
    settings.find(Setting.secret("MYSQL_PASSWORD"));

    assertThat(settings.problems())
        .containsExactly(
            "SECRET_KEY: /no/such/file cannot be read: no such file"
                + " (SECRET_KEY_FILE in environment)",
            "SERVICE_PASSWORD: %s is empty; expected the secret".formatted(folder.resolve("secret"))
                + " (SERVICE_PASSWORD_FILE in environment)",
            "MYSQL_PASSWORD: %s cannot be read: is a directory".formatted(folder)
                + " (MYSQL_PASSWORD_FILE in environment)");
  }

  @Test
  void shown_value_is_one_short_line_without_an_account() throws IOException {
    environment.put("CONSUMER_URL", "http://me:hunter2@host");
    environment.put("MYSQL_PORT", "1\n" + "x".repeat(100));
    Settings settings = read("");
    settings.get(Setting.httpUrl("CONSUMER_URL"));
    settings.get(PORT);

    assertThat(settings.problems())
        .containsExactly(
            "CONSUMER_URL: \"http://…@host\" is not a URL; expected http:// or https://, a host,"
                + " and a port and path if needed (environment)",
            "MYSQL_PORT: \"1�%s…\" is not a port; expected 1 to 65535 (environment)"
                .formatted("x".repeat(78)));
  }

  @Test
  void unknown_name_in_the_file_is_a_warning() throws IOException {
    environment.put("PATH", "/bin");
    Settings settings = read("SERVICE_NAM=x\nMYSQL_ROOT_PASSWORD=x\nSECRET_KEY_FILE=x\nZ=1\n");

    assertThat(settings.problems()).isEmpty();
    assertThat(settings.warnings())
        .containsExactly(
            "SERVICE_NAM: no such setting; ignored (.env line 1)",
            "Z: no such setting; ignored (.env line 4)");
  }

  @Test
  void file_need_not_exist() {
    Settings settings = Settings.read(Map.of(), folder.resolve("none"), Set.of());

    assertThat(settings.get(PORT)).isEqualTo(3306);
    assertThat(settings.problems()).isEmpty();
  }
}
