package io.messagerelay.consumer.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.http.connection.LimitTally.Limit;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The slow heads; slow readers need a socket that fills up: {@code SlowPeersIT}. */
class ConnectionWatchTest {
  private static final String HEAD = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String WITH_BODY = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n";

  private final LimitTally tally = new LimitTally(new SimpleMeterRegistry());
  private final SharedBytes heads = new SharedBytes();
  private final EmbeddedChannel connection = new EmbeddedChannel();

  @BeforeEach
  void open() {
    var limits = new ConnectionLimits(1, 1, Duration.ofSeconds(10), Duration.ofSeconds(10));
    connection.freezeTime();
    connection
        .pipeline()
        .addLast(new ConnectionWatch(limits, tally, heads, new SharedBytes()))
        .addLast(new HttpRequestDecoder())
        .addLast(new HttpResponseEncoder())
        .addLast("handler", new ChannelInboundHandlerAdapter());
  }

  private void receive(String text) {
    connection.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
  }

  private void pass(int seconds) {
    connection.advanceTimeBy(seconds, TimeUnit.SECONDS);
    connection.runScheduledPendingTasks();
    connection.runPendingTasks();
  }

  private void answer(HttpResponseStatus status) {
    connection.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status));
  }

  private String sent() {
    var text = new StringBuilder();
    for (ByteBuf bytes = connection.readOutbound();
        bytes != null;
        bytes = connection.readOutbound()) {
      text.append(bytes.toString(StandardCharsets.US_ASCII));
      bytes.release();
    }
    return text.toString();
  }

  @Test
  void a_head_byte_by_byte_has_its_time_from_its_first_byte_and_is_answered_408() {
    for (int second = 0; second < 10; second++) {
      assertThat(connection.isOpen()).isTrue();
      receive(HEAD.substring(second, second + 1));
      pass(1);
    }
    assertThat(sent()).startsWith("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n");
    assertThat(connection.isOpen()).isFalse();
    assertThat(tally.counted(Limit.SLOW_HEAD)).isEqualTo(1);
  }

  @Test
  void a_head_that_comes_in_time_is_waited_for_no_longer() {
    receive(HEAD.substring(0, 9));
    pass(9);
    receive(HEAD.substring(9));
    pass(60);

    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void a_connection_that_says_nothing_is_not_timed_here() {
    receive(HEAD);
    answer(HttpResponseStatus.OK);
    pass(600);

    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void a_body_has_its_own_time() {
    receive(WITH_BODY);
    pass(9);
    receive("a");
    pass(9);
    receive("b");
    pass(60);

    assertThat(connection.isOpen()).isTrue();
  }

  /** Its last part comes on its own, and the answer takes longer than a head may. */
  @Test
  void the_end_of_a_body_is_no_head() {
    receive(WITH_BODY + "ab");
    receive("c");
    pass(60);
    assertThat(connection.isOpen()).isTrue();
    assertThat(heads.sum()).isZero();

    answer(HttpResponseStatus.OK);
    pass(60);
    assertThat(connection.isOpen()).isTrue();
    assertThat(sent()).startsWith("HTTP/1.1 200 OK").doesNotContain("408");
  }

  @Test
  void the_next_head_is_timed_as_the_first() {
    receive(WITH_BODY + "abc");
    answer(HttpResponseStatus.OK);
    receive("G");
    pass(10);

    assertThat(connection.isOpen()).isFalse();
    assertThat(sent()).contains("HTTP/1.1 200 OK").contains("HTTP/1.1 408 ");
  }

  /** It would look like the answer to that request. */
  @Test
  void while_another_request_waits_for_its_answer_there_is_no_408() {
    receive(HEAD + "G");
    receive("E");
    pass(10);

    assertThat(connection.isOpen()).isFalse();
    assertThat(sent()).isEmpty();
  }

  @Test
  void a_continue_is_no_answer() {
    receive(WITH_BODY);
    answer(HttpResponseStatus.CONTINUE);
    receive("abc");
    receive("G");
    pass(10);

    assertThat(sent()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
  }

  @Test
  void what_has_come_of_a_head_counts_until_it_is_whole() {
    receive(HEAD.substring(0, 9));
    receive(HEAD.substring(9, 12));
    assertThat(heads.sum()).isEqualTo(12);

    receive(HEAD.substring(12));
    assertThat(heads.sum()).isZero();
    receive(WITH_BODY + "a");
    assertThat(heads.sum()).isZero();
  }

  @Test
  void what_has_come_of_a_head_is_forgotten_with_its_connection() {
    receive(HEAD.substring(0, 9));
    var _ = connection.close();

    assertThat(heads.sum()).isZero();
  }

  @Test
  void a_head_that_does_not_come_at_once_is_503_when_there_is_no_room_beside_the_others() {
    heads.share().set(ConnectionWatch.MOST_IN_HEADS - 1);
    receive(HEAD.substring(0, 9));

    assertThat(sent()).startsWith("HTTP/1.1 503 ").contains("\r\nRetry-After: 1\r\n");
    assertThat(connection.isOpen()).isFalse();
    assertThat(tally.counted(Limit.HEADS)).isEqualTo(1);
    assertThat(heads.sum()).isEqualTo(ConnectionWatch.MOST_IN_HEADS - 1);
  }

  @Test
  void a_head_in_one_piece_finds_its_way_without_room() {
    heads.share().set(ConnectionWatch.MOST_IN_HEADS);
    receive(HEAD);
    answer(HttpResponseStatus.OK);

    assertThat(sent()).startsWith("HTTP/1.1 200 ");
    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void while_nothing_is_read_the_peer_is_not_slow() {
    receive("G");
    connection.config().setAutoRead(false);
    pass(60);
    assertThat(connection.isOpen()).isTrue();

    connection.config().setAutoRead(true);
    pass(10);
    assertThat(connection.isOpen()).isFalse();
  }
}
