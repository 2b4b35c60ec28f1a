package io.messagerelay.benchmarks.following;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StreamLinesTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n";

  private final List<String> lines = new ArrayList<>();
  private final StreamLines stream =
      new StreamLines((bytes, length) -> lines.add(new String(bytes, 0, length, US_ASCII)));

  private void take(String bytes) {
    stream.take(ByteBuffer.wrap(bytes.getBytes(US_ASCII)));
  }

  @Test
  void a_line_is_whole_wherever_chunks_and_reads_cut_it() {
    String answer = HEAD + "8\r\nid: a\n\nd\r\n4\r\nata:\r\n1A\r\n " + "x".repeat(24) + "\n\r\n";
    for (int cut = 0; cut <= answer.length(); cut++) {
      lines.clear();
      var cutStream =
          new StreamLines((bytes, length) -> lines.add(new String(bytes, 0, length, US_ASCII)));

      cutStream.take(ByteBuffer.wrap(answer.substring(0, cut).getBytes(US_ASCII)));
      cutStream.take(ByteBuffer.wrap(answer.substring(cut).getBytes(US_ASCII)));

      assertThat(lines)
          .as("cut at %d", cut)
          .containsExactly("id: a", "", "data: " + "x".repeat(24));
    }
  }

  @Test
  void a_long_line_is_whole() {
    String line = "y".repeat(5_000);

    take(HEAD + Integer.toHexString(5_001) + "\r\n" + line + "\n\r\n");

    assertThat(lines).containsExactly(line);
  }

  @Test
  void an_answer_that_is_no_200_is_told() {
    assertThatThrownBy(() -> take("HTTP/1.1 503 Service Unavailable\r\n"))
        .hasMessage("a stream was answered with HTTP/1.1 503 Service Unavailable");
  }

  @Test
  void an_end_is_told() {
    assertThatThrownBy(() -> take(HEAD + "0\r\n\r\n")).hasMessage("a stream has ended");
  }
}
