package io.messagerelay.consumer.app;

import static io.messagerelay.consumer.app.RunningConsumer.freePort;
import static io.messagerelay.consumer.app.RunningConsumer.goodSettings;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.base.ExitCodes;
import io.messagerelay.consumer.app.RunningConsumer.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command that checks schemas, and what a start says of broken ones. */
class CheckSchemasIT {
  private static final Map<String, String> SET = Map.of("SCHEMA_DIR", "schemas");

  @TempDir private Path folder;

  @BeforeEach
  void schemas() throws IOException {
    Files.createDirectories(folder.resolve("schemas/types"));
    schema("types/order.json", "{\"type\": \"object\"}");
  }

  private void schema(String file, String schema) throws IOException {
    Files.writeString(folder.resolve("schemas").resolve(file), schema);
  }

  @Test
  void good_schemas_are_counted() throws IOException {
    schema("envelope.json", "{}");

    Ended ended = RunningConsumer.run(folder, SET, "check-schemas");
    assertThat(ended.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(ended.output()).contains("schemas of schemas: 1 of types and the envelope's");

    Ended json = RunningConsumer.run(folder, Map.of(), "check-schemas", "--dir=schemas", "--json");
    assertThat(json.output().strip())
        .isEqualTo("{\"types\":1,\"envelope\":true,\"events\":0,\"refused\":[]}");
  }

  @Test
  void events_are_checked_one_behind_the_other_and_in_arrays() throws IOException {
    Files.writeString(
        folder.resolve("events"),
        """
        {"event_type":"order","event_payload":{}}
        {"event_type":"order","event_payload":"p"}
        [{"event_type":"other","event_payload":"p"},
         {"event_type":"other","event_payload":1}, 7]
        """);

    Ended ended = RunningConsumer.run(folder, SET, "check-schemas", "events");

    assertThat(ended.exitCode()).isEqualTo(ExitCodes.FAILED);
    assertThat(ended.output().lines().skip(1))
        .containsExactly(
            "FAIL  event 2 (line 2): /event_payload must be of the type object",
            "FAIL  event 4 (line 4): /event_payload must be a string, as its type has no schema",
            "FAIL  event 5 (line 4): must be a JSON object",
            "5 events, 3 would be refused");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "check-schemas", "check"})
  void broken_schemas_are_all_named_and_78(String command) throws IOException {
    schema("types/a.json", "{\n\"type\": 1}");
    schema("types/b.json", "{");
    var settings = goodSettings(freePort());
    settings.putAll(SET);

    Ended ended = RunningConsumer.run(folder, settings, command);

    assertThat(ended.exitCode()).as(ended.output()).isEqualTo(ExitCodes.CONFIG);
    assertThat(ended.output())
        .contains("SCHEMA_DIR schemas: types/a.json line 2: /type")
        .contains("SCHEMA_DIR schemas: types/b.json line 1: must be JSON")
        .doesNotContain("\tat ");
  }

  @Test
  void a_file_that_is_not_there_and_a_folder_that_is_not_named_are_a_line() {
    Ended file = RunningConsumer.run(folder, SET, "check-schemas", "none");
    assertThat(file.exitCode()).isEqualTo(ExitCodes.UNAVAILABLE);
    assertThat(file.output().strip()).isEqualTo("none: cannot be read (no such file)");

    Ended unset = RunningConsumer.run(folder, Map.of(), "check-schemas");
    assertThat(unset.exitCode()).isEqualTo(ExitCodes.CONFIG);
    assertThat(unset.output()).startsWith("SCHEMA_DIR: not set");
  }

  @Test
  void refusing_unknown_types_needs_schemas() {
    var settings = goodSettings(freePort());
    settings.put("UNKNOWN_TYPES", "refuse");

    assertThat(RunningConsumer.run(folder, settings, "run").output())
        .startsWith("UNKNOWN_TYPES: refuses every event while SCHEMA_DIR is not set");
  }
}
