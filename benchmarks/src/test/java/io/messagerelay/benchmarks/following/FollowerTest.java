package io.messagerelay.benchmarks.following;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FollowerTest {
  private final List<Long> received = new ArrayList<>();
  private final Follower follower = new Follower(received::add);

  private void take(String line) {
    byte[] bytes = (line + "the rest of a buffer").getBytes(US_ASCII);
    follower.line(bytes, line.length());
  }

  private static String event(long position) {
    return "data: {\"id\":%d,\"event_id\":\"e\",\"type\":\"t\",\"payload\":\"p\",\"received_time\":\"2026-11-25T09:30:01.000002Z\"}"
        .formatted(position);
  }

  @Test
  void events_count_with_their_positions_and_times() {
    take(event(17));
    take("");
    take(event(4_711));
    follower.publish(300);

    assertThat(follower.got()).isEqualTo(new Follower.Got(2, 17 + 4_711));
    assertThat(follower.bytes()).isEqualTo(300);
    long time = ((9 * 60 + 30) * 60 + 1) * 1_000_000L + 2;
    assertThat(received).containsExactly(time, time);
  }

  @Test
  void what_is_no_event_does_not_count() {
    take("retry: 1000");
    take(":");
    take("event: event");
    follower.publish(30);

    assertThat(follower.got()).isEqualTo(new Follower.Got(0, 0));
    assertThat(follower.isGreeted()).isFalse();
    take("id: AQCT");
    assertThat(follower.isGreeted()).isTrue();
  }

  @Test
  void an_event_that_comes_twice_is_told() {
    take(event(17));

    assertThatThrownBy(() -> take(event(17)))
        .hasMessage("an event at 17 came behind the one at 17");
  }
}
