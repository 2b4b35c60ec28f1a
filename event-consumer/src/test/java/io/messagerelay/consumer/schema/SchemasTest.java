package io.messagerelay.consumer.schema;

import static io.messagerelay.consumer.schema.SchemaFiles.event;
import static io.messagerelay.consumer.schema.SchemaFiles.faults;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.auth.LogLines;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The folder: which files it has, what is wrong with them, and what happens when they change. */
class SchemasTest {
  private static final String STRING = "{\"type\": \"string\"}";
  private static final String OBJECT = "{\"type\": \"object\"}";

  @TempDir private Path folder;
  private SchemaFiles files;

  @BeforeEach
  void folder() {
    files = new SchemaFiles(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "order.created, types/order.created.json",
    "order/créé *,  types/order%2Fcr%C3%A9%C3%A9%20%2A.json",
    "..,            types/%2E..json",
    "a%2Fb,         types/a%252Fb.json",
    "😀,            types/%F0%9F%98%80.json",
  })
  void a_file_is_called_as_its_type_in_percent_encoding(String type, String file) {
    Schemas schemas = files.write(file, OBJECT).open();

    assertThat(faults(schemas, event(type, "{}"))).isEmpty();
    assertThat(new TypeFile(type, false).file()).isEqualTo(file);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "types/a b.json",
        "types/%61.json",
        "types/%2f.json",
        "types/%FF.json",
        "types/.json",
        "types/a/b.json",
        "types/*a.json",
      })
  void a_name_that_is_no_types_is_said(String file) {
    files.write(file.replace(".json", "") + ".json", STRING);

    if (file.equals("types/.json")) {
      assertThat(files.open().types()).isZero();
    } else {
      assertThat(files.broken())
          .containsExactly(file + ": its name is not a type in percent-encoding");
    }
  }

  @Test
  void all_broken_files_are_named_at_once_with_line_and_reason() {
    files
        .write("envelope.json", "{\n  \"type\": \"objekt\"\n}")
        .write("types/a.json", "{\n\n \"minLength\": -1 }")
        .write("types/b.json", "{\n \"type\": \"string\"\n \"x\": 1}")
        .write("types/c.json", "{\"properties\": {\"a\": {\n\"pattern\": \"(\"}}}")
        .write("types/d.json", "{\n\"$schema\": \"http://json-schema.org/draft-07/schema#\"}")
        .write("types/e.json", "{\"type\": \"string\",\n\"type\": \"string\"}")
        .write("types/good.json", STRING);

    assertThat(files.broken())
        .hasSize(6)
        .anySatisfy(line -> assertThat(line).startsWith("envelope.json line 2: /type "))
        .anySatisfy(line -> assertThat(line).startsWith("types/a.json line 3: /minLength "))
        .anySatisfy(line -> assertThat(line).startsWith("types/b.json line 3: must be JSON"))
        .anySatisfy(
            line -> assertThat(line).startsWith("types/c.json line 2: /properties/a/pattern"))
        .anySatisfy(line -> assertThat(line).startsWith("types/d.json line 2: must be of JSON"))
        .anySatisfy(line -> assertThat(line).startsWith("types/e.json line 2: must not have one"));
  }

  @Test
  void a_reference_leads_to_files_of_the_folder_by_place_or_by_id() {
    files
        .write("money.json", "{\"$defs\": {\"amount\": {\"minimum\": 0}}}")
        .write("named.json", "{\"$id\": \"https://example.org/name\", \"type\": \"string\"}")
        .write(
            "types/o.json",
            """
            {"properties": {"total": {"$ref": "../money.json#/$defs/amount"},
                            "name": {"$ref": "https://example.org/name"}}}
            """);

    assertThat(faults(files.open(), event("o", "{\"total\":-1,\"name\":1}")))
        .containsExactlyInAnyOrder(
            "/event_payload/total must have a minimum value of 0",
            "/event_payload/name must be of the type string");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:1/x.json",
        "file:///etc/hostname",
        "classpath:///draft/2020-12/schema",
        "../../outside.json",
        "missing.json",
        "#/$defs/missing",
        "#missing",
      })
  void no_other_reference_is_followed(String reference) {
    files.write("types/o.json", "{\"properties\":\n {\"a\": {\"$ref\": \"" + reference + "\"}}}");

    assertThat(files.broken()).singleElement().asString().startsWith("types/o.json line 2: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"$ref\": \"#\"}",
        "{\"allOf\": [{\"$ref\": \"#\"}]}",
        "{\"not\": {\"$ref\": \"#\"}}"
      })
  void a_schema_that_refers_to_itself_without_end_is_broken(String schema) {
    files.write("types/o.json", schema);

    assertThat(files.broken()).containsExactly("types/o.json: refers to itself without an end");
  }

  @Test
  void a_tree_may_refer_to_itself() {
    files.write("types/tree.json", "{\"type\":\"array\",\"items\":{\"$ref\":\"#\"}}");

    assertThat(faults(files.open(), event("tree", "[[],[[[]]]]"))).isEmpty();
    assertThat(faults(files.open(), event("tree", "[[],[[[1]]]]")))
        .containsExactly("/event_payload/1/0/0/0 must be of the type array");
  }

  @Test
  void a_folder_that_is_not_there_is_said() {
    assertThat(new SchemaFiles(folder.resolve("none")).broken())
        .singleElement()
        .asString()
        .contains("the folder cannot be read");
  }

  @Test
  void files_that_are_hidden_or_no_json_are_not_looked_at() {
    files.write(".git/x.json", "{").write("README.md", "# schemas").write("types/.x.json", "{");

    assertThat(files.open().types()).isZero();
  }

  @Test
  void a_change_is_in_force_once_it_looks_the_same_twice() {
    Schemas schemas = files.write("types/t.json", STRING).open();

    files.write("types/t.json", OBJECT + " ");
    schemas.look();
    assertThat(faults(schemas, event("t", "\"p\""))).isEmpty();
    schemas.look();
    assertThat(faults(schemas, event("t", "\"p\""))).hasSize(1);

    files.write("types/u.json", OBJECT).delete("types/t.json");
    schemas.look();
    schemas.look();
    assertThat(faults(schemas, event("t", "\"p\""))).isEmpty();
    assertThat(faults(schemas, event("u", "\"p\""))).hasSize(1);
  }

  @Test
  void a_broken_change_is_reported_once_and_the_schemas_before_stay() {
    Schemas schemas = files.write("types/t.json", OBJECT).open();

    files.write("types/t.json", "{\n\"type\": 7}");
    try (var log = new LogLines(Schemas.class)) {
      for (int i = 0; i < 5; i++) {
        schemas.look();
      }
      assertThat(log.all())
          .singleElement()
          .asString()
          .startsWith("ERROR ")
          .contains("types/t.json line 2: /type", "the schemas from before stay in force");
    }
    assertThat(faults(schemas, event("t", "\"p\""))).hasSize(1);
  }
}
