package io.messagerelay.consumer.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlaceTest {
  private final List<String> left = new ArrayList<>();
  private final Place place = new Place();

  @Test
  void what_is_held_is_given_back_once_however_often_it_ends() {
    place.hold(() -> left.add("address"));
    place.hold(() -> left.add("account"));
    place.end();
    place.end();

    assertThat(left).containsExactly("address", "account");
  }

  @Test
  void what_is_taken_after_the_end_is_given_back_at_once() {
    place.end();
    place.hold(() -> left.add("account"));
    place.onEnd(() -> left.add("request"));

    assertThat(left).containsExactly("account", "request");
  }

  @Test
  void a_stream_gives_back_its_request_and_holds_on() {
    place.hold(() -> left.add("request"));
    place.onEnd(() -> left.add("end"));
    place.release();
    place.hold(() -> left.add("stream"));
    assertThat(left).containsExactly("request");

    place.end();
    assertThat(left).containsExactly("request", "stream", "end");
  }
}
