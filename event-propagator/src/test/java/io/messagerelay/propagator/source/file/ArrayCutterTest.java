package io.messagerelay.propagator.source.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrayCutterTest {
  private final Cutting elements = new Cutting(ArrayCutter::new);

  @Test
  void elements_are_the_bytes_as_they_stand() {
    assertThat(
            elements.texts(
                " [ {\"a\" : [1, 2],\n\"b\":\"ü\\n😀\"} , \"x]\\\"\" ,12,-1.5e3 , true\n,null, [] ,{}]\n"))
        .containsExactly(
            "1@3 {\"a\" : [1, 2],\n\"b\":\"ü\\n😀\"}",
            "2@36 \"x]\\\"\"",
            "2@44 12",
            "2@47 -1.5e3",
            "2@56 true",
            "3@62 null",
            "3@68 []",
            "3@72 {}");
  }

  @Test
  void an_empty_array_has_no_elements() {
    assertThat(elements.texts(" [ \n] ")).isEmpty();
  }

  /** A tilde is a line feed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [1 {"a":2},3]         | 1@1 1; 1@3 {"a":2} !there is no comma before it; 1@11 3
          [1,,2]                | 1@1 1; 1@3 , !there is no element before the comma; 1@4 2
          [,1]                  | 1@1 , !there is no element before the comma; 1@2 1
          [1,]                  | 1@1 1; 1@3 ] !there is no element after the last comma
          [1]~[2] x             | 1@1 1; 2@4 [2] x !stands after the end of the array
          [1                    | 1@1 1 !the input ends before the array does
          [1,                   | 1@1 1; 1@3  !the input ends before the array does
          [                     | 1@1  !the input ends before the array does
          [{}                   | 1@1 {}; 1@3  !the input ends before the array does
          [{"a":"b              | 1@1 {"a":"b !the input ends before the array does
          [{"a":1,},{"b":2}]    | 1@1 {"a":1,}; 1@10 {"b":2}
          [nope what,{"b":2}]   | 1@1 nope what; 1@11 {"b":2}
          [}, {"b":2}]          | 1@1 }; 1@4 {"b":2}
          [{"a":[1,2},{"b":2}]  | 1@1 {"a":[1,2}; 1@12 {"b":2}
          [{"a":1]},{"b":2}]    | 1@1 {"a":1]; 1@8 } !there is no comma before it; 1@10 {"b":2}
          [{"a":1},{"b":2]      | 1@1 {"a":1}; 1@9 {"b":2]
          [{"a":1,~{"b":2},~3]  | 1@1 {"a":1,~; 2@9 {"b":2}; 3@18 3
          [{"a":"x},~ {"b":2}]  | 1@1 {"a":"x},~ ; 2@12 {"b":2}
          [{"a":"x~y"},{"b":2}] | 1@1 {"a":"x~y"}; 2@13 {"b":2}
          [{"a":~{"b":1}},2]    | 1@1 {"a":~{"b":1}}; 2@16 2
          [[~{"b":1}~],2]       | 1@1 [~{"b":1}~]; 3@13 2
          """)
  void what_is_wrong_is_one_bad_item_and_the_next_ones_go_on(String text, String expected) {
    assertThat(String.join("; ", elements.texts(text.replace('~', '\n'))).replace('\n', '~'))
        .isEqualTo(expected);
  }

  @Test
  void an_overlong_element_keeps_its_beginning_and_the_next_ones_go_on() {
    String over = "{\"a\":\"" + "y".repeat(500_000) + "\"}";

    assertThat(elements.texts("[" + over + ",2]"))
        .containsExactly(
            "1@1 "
                + over.substring(0, Piece.MOST_BYTES)
                + " !is 500,008 bytes long; an event has at most 262,144",
            "1@500010 2");
  }

  @Test
  void brackets_may_be_nested_to_any_depth() {
    String deep = "[".repeat(3_000) + "]".repeat(3_000);

    assertThat(elements.texts("[" + deep + ",2]")).containsExactly("1@1 " + deep, "1@6002 2");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void elements_are_those_that_a_parser_finds(long seed) throws IOException {
    var random = new Random(seed);
    byte[] content = anyArray(random).getBytes(UTF_8);
    List<Cutting.Made> all = elements.whole(content);

    assertThat(all)
        .as("seed %d", seed)
        .extracting(made -> made.text().replaceFirst("^\\d+@\\d+ ", ""))
        .isEqualTo(parsed(content));
    requireIndependence(content, all, random, seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28})
  void of_what_is_damaged_nothing_is_skipped_and_nothing_is_given_twice(long seed) {
    var random = new Random(seed);
    byte[] content = damaged(anyArray(random), random);
    List<Cutting.Made> all = elements.whole(content);

    byte[] left = content.clone();
    for (Cut cut : cuts(content)) {
      int from = (int) cut.offset();
      assertThat(cut.body()).isEqualTo(Arrays.copyOfRange(content, from, from + cut.body().length));
      assertThat(cut.line()).isEqualTo(1 + newlines(content, from));
      for (int i = from; i < from + cut.body().length; i++) {
        assertThat(left[i]).as("seed %d: byte %d twice", seed, i).isNotEqualTo((byte) 0x7F);
        left[i] = 0x7F;
      }
    }
    assertThat(new String(left, UTF_8)).as("seed %d", seed).matches("[\\[\\],\\s\\x7F]*");
    requireIndependence(content, all, random, seed);
  }

  private void requireIndependence(
      byte[] content, List<Cutting.Made> all, Random random, long seed) {
    assertThat(elements.from(Position.start(), content, 1)).as("seed %d", seed).isEqualTo(all);
    assertThat(elements.randomly(content, 9, random)).as("seed %d", seed).isEqualTo(all);
    for (int i = 0; i < all.size(); i++) {
      assertThat(elements.from(all.get(i).behind(), content, 7))
          .as("seed %d, from %d", seed, i)
          .isEqualTo(all.subList(i + 1, all.size()));
    }
  }

  private static List<Cut> cuts(byte[] content) {
    var cutter = new ArrayCutter(Position.start());
    cutter.feed(content, 0, content.length);
    cutter.end();
    List<Cut> cuts = new ArrayList<>();
    for (Cut cut = cutter.next(); cut != null; cut = cutter.next()) {
      cuts.add(cut);
    }
    return cuts;
  }

  private static long newlines(byte[] content, int to) {
    return new String(content, 0, to, UTF_8).chars().filter(sign -> sign == '\n').count();
  }

  private static byte[] damaged(String array, Random random) {
    var text = new StringBuilder(array);
    String[] rubbish = {"{", "}", "[", "]", "\"", ",", ":", "x", "\n", "\\"};
    for (int i = 0; i < 6; i++) {
      int at = random.nextInt(text.length());
      if (random.nextBoolean()) {
        text.deleteCharAt(at);
      } else {
        text.insert(at, rubbish[random.nextInt(rubbish.length)]);
      }
    }
    return ("[" + text).getBytes(UTF_8);
  }

  private static String anyArray(Random random) {
    var text = new StringBuilder("[");
    int count = random.nextInt(30);
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : ",").append(blanks(random)).append(anyValue(random, 4));
      text.append(blanks(random));
    }
    return text.append("]").append(blanks(random)).toString();
  }

  private static String anyValue(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 4 : 6)) {
      case 0 -> Integer.toString(random.nextInt());
      case 1 -> "true";
      case 2 -> "\"a\\\"ü]},[{\\\\\"";
      case 3 -> "\"" + "z".repeat(random.nextInt(40)) + "\"";
      case 4 -> "[" + blanks(random) + anyValue(random, depth - 1) + ",1" + blanks(random) + "]";
      default ->
          "{" + blanks(random) + "\"k\":" + anyValue(random, depth - 1) + blanks(random) + "}";
    };
  }

  private static String blanks(Random random) {
    return " \n\t\r\n  ".substring(0, random.nextInt(7));
  }

  private static List<String> parsed(byte[] content) throws IOException {
    List<String> bodies = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(content)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int to = (int) parser.currentLocation().getByteOffset();
        bodies.add(new String(content, from, to - from, UTF_8).stripTrailing());
      }
    }
    return bodies;
  }
}
