package io.messagerelay.propagator.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataFileTest {
  @TempDir Path folder;

  @Test
  void items_are_the_bytes_of_the_elements() throws Exception {
    Path file =
        file(" [ {\"a\" : [1, 2],\n\"b\":\"ü\\n😀\"} , \"x]\" ,12,-1.5e3 , true,null, [] ,{}]\n");

    assertThat(DataFile.read(file))
        .extracting(item -> new String(item.body(), UTF_8))
        .containsExactly(
            "{\"a\" : [1, 2],\n\"b\":\"ü\\n😀\"}",
            "\"x]\"",
            "12",
            "-1.5e3",
            "true",
            "null",
            "[]",
            "{}");
  }

  @Test
  void items_are_named_by_file_and_index() throws Exception {
    assertThat(DataFile.read(file("[1,2]")))
        .extracting(SourceItem::place)
        .containsExactly("data.json[0]", "data.json[1]");
  }

  @Test
  void a_byte_order_mark_is_skipped() throws Exception {
    assertThat(DataFile.read(file("\uFEFF[{\"a\":1}]")))
        .extracting(item -> new String(item.body(), UTF_8))
        .containsExactly("{\"a\":1}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                | is empty
          ` ~ `             | is empty
          []                | is an empty array
          {"a":[]}          | does not begin with [ at line 1, column 1
          ~  12             | does not begin with [ at line 2, column 3
          nope              | is not JSON at line 1, column 1: Unrecognized token 'nope': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')
          [{"ü":"ü"},~ 😀ü] | is not JSON at line 2, column 2: Unexpected character
          [{"a":1,}]        | is not JSON at line 1, column 9: Unexpected character ('}' (code 125)): was expecting double-quote to start field name
          [{"ü":"ü"} 2]     | is not JSON at line 1, column 12: Unexpected character ('2' (code 50)): was expecting comma to separate Array entries
          [{]               | is not JSON at line 1, column 3: Unexpected close marker ']': expected '}'
          [1,2              | is not JSON at line 1, column 5: it ends too early
          [NaN]             | is not JSON at line 1, column 5: Non-standard token 'NaN'
          [1]~[2]           | goes on after its array at line 2, column 1
          """)
  void a_file_that_is_no_array_of_events_is_refused_naming_the_place(String text, String what)
      throws IOException {
    assertRefused(file(text.replace('~', '\n')), what);
  }

  @Test
  void what_is_not_utf8_is_refused_naming_the_place() throws IOException {
    Path file = folder.resolve("data.json");
    Files.write(file, "[\"ü\",\n\"aü\"]".getBytes(StandardCharsets.UTF_8));
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 3] = 'x';
    Files.write(file, bytes);
    assertRefused(file, "is not UTF-8 at line 2, column 3");

    Files.writeString(file, "[1]", StandardCharsets.UTF_16BE);
    assertRefused(
        file,
        "is not JSON at line 1, column 2: Illegal character ((CTRL-CHAR, code 0))"
            + ": only regular white space (\\r, \\n, \\t) is allowed between tokens");
  }

  @Test
  void a_long_file_with_a_bad_byte_at_its_end_is_refused() throws IOException {
    byte[] bytes = ("[\"" + "ü".repeat(20_000) + "?\"]").getBytes(UTF_8);
    bytes[bytes.length - 3] = (byte) 0xC3;
    assertRefused(
        Files.write(folder.resolve("data.json"), bytes), "is not UTF-8 at line 1, column 20003");
  }

  @Test
  void what_is_not_there_or_not_a_file_is_refused() throws IOException {
    assertRefused(folder.resolve("data.json"), "does not exist");
    assertRefused(folder, "is a folder");
    assertRefused(Path.of("/dev/null"), "is a device or a pipe");
  }

  @Test
  void a_file_that_cannot_be_read_is_refused_with_the_reason() throws IOException {
    Path loop = folder.resolve("loop");
    Files.createSymbolicLink(loop, loop);

    assertThatThrownBy(() -> DataFile.read(loop))
        .isInstanceOf(SourceException.class)
        .hasMessageStartingWith("DATA_FILE: " + loop + " cannot be read: ")
        .hasMessageContaining("ymbolic links");
    assertThat(DataFile.reason(new AccessDeniedException("data.json")))
        .isEqualTo("permission denied");
  }

  @Test
  void a_file_beyond_the_limits_is_refused() throws IOException {
    assertRefused(
        Files.write(folder.resolve("large"), new byte[DataFile.MAX_BYTES + 1]),
        "is larger than 64 MiB");
    assertRefused(
        file("[" + "1,".repeat(DataFile.MAX_ITEMS) + "1]"), "has more than 1,000,000 elements");
  }

  private static void assertRefused(Path file, String what) {
    assertThatThrownBy(() -> DataFile.read(file))
        .isInstanceOf(SourceException.class)
        .hasMessage("DATA_FILE: %s %s; expected a JSON array of one or more events", file, what);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("data.json"), text);
  }
}
