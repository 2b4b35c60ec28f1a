package io.messagerelay.benchmarks.slowing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class PostedTest {
  @Test
  void one_event_is_answered_as_event_consumer_does() throws IOException {
    Posted posted = posted("{\"event_id\":\"a\",\"event_payload\":{\"event_id\":\"not this\"}}");

    assertThat(posted.status()).isEqualTo(201);
    assertThat(posted.answer(7))
        .asString(UTF_8)
        .isEqualTo("{\"status\":\"success\",\"event_id\":\"a\",\"id\":7}");
  }

  @Test
  void a_batch_is_answered_event_by_event() throws IOException {
    Posted posted = posted("[{\"event_id\":\"a\"},{\"event_type\":\"t\",\"event_id\":\"b\"}]");

    assertThat(posted.status()).isEqualTo(200);
    assertThat(posted.answer(7))
        .asString(UTF_8)
        .isEqualTo(
            "{\"results\":[{\"status\":\"stored\",\"event_id\":\"a\",\"id\":7},"
                + "{\"status\":\"stored\",\"event_id\":\"b\",\"id\":8}]}");
  }

  private static Posted posted(String body) throws IOException {
    return Posted.read(body.getBytes(UTF_8));
  }
}
