package io.messagerelay.consumer.app.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FollowingTest {
  private final Following following = new Following();
  private final List<Long> seen = new ArrayList<>();
  private int heard;

  private void read(String stream) throws IOException {
    following.read(
        new ByteArrayInputStream(stream.getBytes(UTF_8)), () -> heard++, e -> seen.add(e.id()));
  }

  private static String data(int id) {
    return "data: {\"id\":%d,\"event_id\":\"e\",\"type\":\"t\",\"payload\":\"p\"}\n".formatted(id);
  }

  @Test
  void events_are_told_in_order_and_the_last_whole_frame_is_where_it_goes_on() throws IOException {
    read(
        "retry: 1000\n\nid: A\nevent: event\n"
            + data(1)
            + "\n: \n\nid:B\n"
            + data(2)
            + "\nid: C\n"
            + data(3));

    assertThat(seen).containsExactly(1L, 2L);
    assertThat(following.lastId()).isEqualTo("B");
    assertThat(heard).isEqualTo(13);
  }

  @Test
  void a_place_without_an_event_is_remembered() throws IOException {
    read("id: A\nevent: position\ndata:\n\n");

    assertThat(seen).isEmpty();
    assertThat(following.lastId()).isEqualTo("A");
  }

  @Test
  void what_is_no_event_is_an_error_and_not_passed_over() {
    assertThatThrownBy(() -> read("id: A\ndata: <html>\n\n")).isInstanceOf(IOException.class);
    assertThat(following.lastId()).isNull();
  }
}
