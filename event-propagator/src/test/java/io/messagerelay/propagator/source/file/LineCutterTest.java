package io.messagerelay.propagator.source.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.contract.EventLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineCutterTest {
  private final Cutting lines = new Cutting(LineCutter::new);

  @Test
  void lines_are_given_with_number_and_offset() {
    assertThat(lines.texts("one\ntwo\n three \n"))
        .containsExactly("1@0 one", "2@4 two", "3@8  three ");
  }

  @Test
  void crlf_ends_a_line_and_a_lone_cr_does_not() {
    assertThat(lines.texts("one\r\nt\rwo\r\n")).containsExactly("1@0 one", "2@5 t\rwo");
  }

  @Test
  void blank_lines_are_counted_and_left_out() {
    assertThat(lines.texts("\n\r\n one\n \t\n\ntwo\n\n")).containsExactly("3@3  one", "6@12 two");
  }

  @Test
  void the_unended_last_line_waits_for_the_end_of_the_input() {
    var cutter = new LineCutter(Position.start());
    byte[] block = "one\ntw".getBytes(UTF_8);
    cutter.feed(block, 0, block.length);

    assertThat(Cutting.text(cutter.next())).isEqualTo("1@0 one");
    assertThat(cutter.next()).isNull();
    assertThat(cutter.position()).isEqualTo(new Position(4, 2, Position.Expected.START));

    cutter.feed("xo".getBytes(UTF_8), 1, 2);
    assertThat(cutter.next()).isNull();
    cutter.end();
    assertThat(Cutting.text(cutter.next())).isEqualTo("2@4 two");
    assertThat(cutter.next()).isNull();
    assertThat(cutter.position().offset()).isEqualTo(7);
  }

  @Test
  void an_overlong_line_keeps_its_beginning_and_says_how_long_it_is() {
    String fits = "x".repeat(EventLimits.EVENT_BYTES);
    String over = "y".repeat(300_000);

    assertThat(lines.texts("a\n" + fits + "\r\n" + over + "\nb"))
        .containsExactly(
            "1@0 a",
            "2@2 " + fits,
            "3@262148 "
                + over.substring(0, EventLimits.EVENT_BYTES)
                + " !is 300,000 bytes long; an event has at most 262,144",
            "4@562149 b");
  }

  @Test
  void a_line_is_too_long_by_one_byte() {
    String over = "x".repeat(EventLimits.EVENT_BYTES + 1);

    assertThat(lines.texts(over).getFirst())
        .endsWith(" !is 262,145 bytes long; an event has at most 262,144");
    assertThat(lines.texts(over + "\r\n").getFirst()).contains(" !is 262,14");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void where_blocks_begin_does_not_matter_nor_where_one_goes_on(long seed) {
    var random = new Random(seed);
    String text = anyText(random);
    byte[] content = text.getBytes(UTF_8);
    List<Cutting.Made> all = lines.whole(content);

    assertThat(all).as("seed %d", seed).extracting(Cutting.Made::text).isEqualTo(expected(text));
    assertThat(lines.randomly(content, 9, random)).as("seed %d", seed).isEqualTo(all);
    for (int i = 0; i < all.size(); i++) {
      assertThat(lines.from(all.get(i).behind(), content, 5))
          .as("seed %d, from %d", seed, i)
          .isEqualTo(all.subList(i + 1, all.size()));
    }
  }

  private static String anyText(Random random) {
    String[] parts = {"a", "ü", "\n", "\r\n", " ", "{}", "\n", "xyz", "\r"};
    var text = new StringBuilder();
    random.ints(200, 0, parts.length).forEach(i -> text.append(parts[i]));
    return text.toString();
  }

  private static List<String> expected(String text) {
    List<String> lines = new ArrayList<>();
    int offset = 0;
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      if (!line.isBlank()) {
        lines.add("%d@%d %s".formatted(number, offset, line.replaceFirst("\r$", "")));
      }
      offset += line.getBytes(UTF_8).length + 1;
    }
    return lines;
  }
}
