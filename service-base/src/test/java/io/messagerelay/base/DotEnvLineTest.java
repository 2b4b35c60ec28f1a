package io.messagerelay.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.base.DotEnvLine.Assigned;
import io.messagerelay.base.DotEnvLine.Blank;
import io.messagerelay.base.DotEnvLine.Malformed;
import io.messagerelay.base.DotEnvLine.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DotEnvLineTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "\t", "# A=1", "  # A=1", "#"})
  void nothing_is_assigned_by_an_empty_line_or_a_comment(String line) {
    assertThat(DotEnvLine.parse(line)).isEqualTo(new Blank());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          A=1                         ~ 1
          `  A  =  1  `               ~ 1
          export A=1                  ~ 1
          A=                          ~ ``
          A=''                        ~ ``
          A=one two                   ~ one two
          A="one two"                 ~ one two
          A=' one '                   ~ ` one `
          A="HS256" # Do not change   ~ HS256
          A = "HS256" # Do not change ~ HS256
          A=1 # one                   ~ 1
          A=1#2                       ~ 1#2
          A=#1                        ~ #1
          A="1 # 2"                   ~ 1 # 2
          A='1 # 2' # three           ~ 1 # 2
          A=a=b                       ~ a=b
          A=it's                      ~ it's
          A="it's"                    ~ it's
          A='say "yes"'               ~ say "yes"
          A='$x'                      ~ $x
          A='C:\\dir'                 ~ C:\\dir
          A=1 # costs $2              ~ 1
          A="1" # costs $2            ~ 1
          """)
  void value_is_read_as_compose_reads_it(String line, String value) {
    assertThat(DotEnvLine.parse(line)).isEqualTo(new Assigned("A", value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          A=pa$word      ~ $ or \\ in a value without quotes; put it in single quotes
          A=C:\\dir      ~ $ or \\ in a value without quotes; put it in single quotes
          A="pa$word"    ~ $ or \\ in double quotes; put the value in single quotes
          A="C:\\dir"    ~ $ or \\ in double quotes; put the value in single quotes
          A="say \\"yes" ~ $ or \\ in double quotes; put the value in single quotes
          A='a\\\\b'     ~ \\ before \\ or a quote; leave it out of the value
          A='a\\'        ~ \\ before \\ or a quote; leave it out of the value
          A="1           ~ the quote is not closed on this line
          A='1           ~ the quote is not closed on this line
          A="1"2         ~ text behind the closing quote; expected nothing, or a blank and # comment
          A="1"#2        ~ text behind the closing quote; expected nothing, or a blank and # comment
          A= # none      ~ a comment where the value should be; move it to a line of its own
          `A=1\t# one`   ~ a tab before #; write a blank before a comment, or quote the value
          """)
  void value_is_refused_where_readers_disagree(String line, String why) {
    assertThat(DotEnvLine.parse(line.replace("\\t", "\t"))).isEqualTo(new Refused("A", why));
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "A: 1", "export A"})
  void line_is_malformed_without_an_equals_sign(String line) {
    assertThat(DotEnvLine.parse(line)).isEqualTo(new Malformed("no \"=\"; expected NAME=value"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1", "1A=1", "A-B=1", "A B=1", "A: b=1", "Ä=1"})
  void line_is_malformed_when_the_name_is_none(String line) {
    assertThat(DotEnvLine.parse(line))
        .isEqualTo(
            new Malformed(
                "what stands before \"=\" is not a name; expected letters, digits and _, no digit"
                    + " first"));
  }

  @Test
  void export_alone_is_a_name() {
    assertThat(DotEnvLine.parse("export=1")).isEqualTo(new Assigned("export", "1"));
  }
}
