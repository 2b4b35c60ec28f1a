package io.messagerelay.consumer.schema;

import static io.messagerelay.consumer.schema.SchemaFiles.event;
import static io.messagerelay.consumer.schema.SchemaFiles.faults;
import static io.messagerelay.consumer.schema.SchemaFiles.valid;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.contract.EventJson;
import io.messagerelay.contract.Payload;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What schemas say of events. */
class SchemaSetTest {
  private static final String ORDER =
      """
      {"type": "object", "required": ["number", "total"], "additionalProperties": false,
       "properties": {"number": {"type": "string", "pattern": "^A-[0-9]+$"},
                      "total": {"type": ["number", "null"], "minimum": 0}}}
      """;

  @TempDir private Path folder;
  private SchemaFiles files;

  @BeforeEach
  void folder() {
    files = new SchemaFiles(folder).write("types/order.json", ORDER);
  }

  @Test
  void a_payload_that_its_types_schema_allows_is_any_json_and_stays_as_it_came() {
    String payload = "{ \"number\" :\t\"A-1\",\n \"total\": 1.50E+1 }";

    assertThat(valid(files.open(), event("order", payload)).payload())
        .isEqualTo(new Payload(Payload.Kind.JSON, payload));
  }

  @Test
  void every_fault_is_named_with_its_pointer_into_the_event() {
    assertThat(
            faults(files.open(), event("order", "{\"number\":\"B\",\"total\":-1,\"a/b~\\n\":{}}")))
        .containsExactlyInAnyOrder(
            "/event_payload/number does not match the regex pattern ^A-[0-9]+$",
            "/event_payload/total must have a minimum value of 0",
            "/event_payload/a~1b~0\ufffd is not a member here");
    assertThat(faults(files.open(), event("order", "{\"total\":\"1\"}")))
        .containsExactlyInAnyOrder(
            "/event_payload/number is missing",
            "/event_payload/total must be of one of the types number, null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "[]", "null", "true", "\"A-1\""})
  void a_payload_of_another_kind_is_refused_by_its_types_schema(String payload) {
    assertThat(faults(files.open(), event("order", payload)))
        .containsExactly("/event_payload must be of the type object");
  }

  @Test
  void a_string_is_checked_as_the_json_string_it_is() {
    files.write("types/note.json", "{\"type\": \"string\", \"maxLength\": 3}");

    assertThat(valid(files.open(), event("note", "\"\\u0061bc\"")).payload())
        .isEqualTo(Payload.ofString("abc"));
    assertThat(faults(files.open(), event("note", "\"abcd\"")))
        .containsExactly("/event_payload must be at most 3 characters long");
  }

  @Test
  void types_without_a_schema_are_strings_or_refused() {
    assertThat(valid(files.open(), event("other", "\"p\"")).type()).isEqualTo("other");
    assertThat(faults(files.open(), event("other", "{}")))
        .containsExactly("/event_payload must be a string, as its type has no schema");
    assertThat(faults(files.open(UnknownTypes.REFUSE), event("other", "\"p\"")))
        .containsExactly("/event_type has no schema here");
  }

  @Test
  void the_envelopes_schema_sees_the_whole_event_as_it_came() {
    files.write(
        "envelope.json",
        """
        {"required": ["event_key"], "properties": {"event_type": {"pattern": "^[a-z.]+$"}}}
        """);

    assertThat(faults(files.open(), event("Other", "\"p\"")))
        .containsExactlyInAnyOrder(
            "/event_key is missing", "/event_type does not match the regex pattern ^[a-z.]+$");
    assertThat(faults(files.open(), event("order", "7")))
        .containsExactlyInAnyOrder(
            "/event_key is missing", "/event_payload must be of the type object");
  }

  @ParameterizedTest
  @CsvSource({
    "order.paid,     /event_payload must be of the type integer",
    "order.paid.late,/event_payload must be of the type boolean",
    "order.,         /event_payload must be of the type boolean",
    "stock,          /event_payload must be of the type array",
  })
  void the_longest_name_that_a_type_begins_with_counts(String type, String fault) {
    files
        .write("types/order.paid.json", "{\"type\": \"integer\"}")
        .write("types/order.*.json", "{\"type\": \"boolean\"}")
        .write("types/order.z*.json", "{\"type\": \"null\"}")
        .write("types/*.json", "{\"type\": \"array\"}");

    assertThat(faults(files.open(), event(type, "\"p\""))).containsExactly(fault);
  }

  @Test
  void numbers_keep_their_value_and_those_beyond_all_reckoning_are_refused() {
    files.write("types/n.json", "{\"type\": \"integer\", \"multipleOf\": 7}");
    Schemas schemas = files.open();

    assertThat(valid(schemas, event("n", "7E400")).payload().text()).isEqualTo("7E400");
    assertThat(valid(schemas, event("n", "7.0")).payload().text()).isEqualTo("7.0");
    assertThat(faults(schemas, event("n", "7E400000000")))
        .singleElement()
        .asString()
        .contains("exponent");
    assertThat(faults(schemas, event("n", "7" + "0".repeat(1_000))))
        .singleElement()
        .asString()
        .contains("1,000 digits");
  }

  @Test
  void a_name_that_stands_twice_is_refused_however_it_is_written() {
    files.write("types/o.json", "{}");

    assertThat(faults(files.open(), event("o", "{\"a\":1,\"b\":{\"x\":1,\"\\u0078\":2}}")))
        .containsExactly("/event_payload/b/x must not have one name twice in an object");
    assertThat(valid(files.open(), event("o", "{\"é\":1,\"e\u0301\":2}")).type()).isEqualTo("o");
  }

  @Test
  void faults_are_few_and_short_and_hold_nothing_unprintable() {
    files.write("types/many.json", "{\"additionalProperties\": {\"type\": \"null\"}}");
    StringBuilder payload = new StringBuilder("{");
    for (int i = 0; i < 100; i++) {
      payload.append("\"%d\\u202e%s\":0,".formatted(i, "x".repeat(500)));
    }
    payload.setCharAt(payload.length() - 1, '}');

    assertThat(faults(files.open(), event("many", payload.toString())))
        .hasSize(EventJson.MOST_FAULTS)
        .allSatisfy(fault -> assertThat(fault).hasSizeLessThan(200).doesNotContain("\u202e"));
  }

  @Test
  void a_pattern_that_would_take_years_is_given_up() {
    files.write(
        "types/slow.json", "{\"type\": \"string\", \"pattern\": \"^(a*)(a*)(a*)(a*)(a*)(a*)$\"}");

    assertThat(faults(files.open(), event("slow", '"' + "a".repeat(300) + "!\"")))
        .containsExactly("/event_payload takes too long to match a pattern of its schema");
    assertThat(faults(files.open(), event("slow", '"' + "a".repeat(5_000) + '"'))).isEmpty();
  }

  @Test
  void a_pattern_that_nests_with_the_text_does_not_end_the_thread() {
    files.write("types/deep.json", "{\"type\": \"string\", \"pattern\": \"^(a|b)*$\"}");

    assertThat(faults(files.open(), event("deep", '"' + "ab".repeat(100_000) + '"')))
        .containsExactly("/event_payload is nested too deeply for its schema");
  }

  @Test
  void a_pattern_may_be_found_anywhere() {
    files.write("types/part.json", "{\"pattern\": \"b+\"}");

    assertThat(faults(files.open(), event("part", "\"abbc\""))).isEmpty();
    assertThat(faults(files.open(), event("part", "\"ac\""))).hasSize(1);
  }
}
