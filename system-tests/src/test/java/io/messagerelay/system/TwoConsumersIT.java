package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.messagerelay.servers.TestServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two consumers that share a database: what one was told, the other knows. */
final class TwoConsumersIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int WRITERS = 8;
  private static final int ROUNDS = 25;

  @RegisterExtension final Site site = Site.on(TestServer::shared);

  @SuppressWarnings("NullAway.Init") // before each
  private ConsumerApi one;

  @SuppressWarnings("NullAway.Init") // before each
  private ConsumerApi two;

  @BeforeEach
  void start() {
    one = new ConsumerApi(site.get().anotherConsumer(PATIENCE));
    two = new ConsumerApi(site.get().anotherConsumer(PATIENCE));
  }

  @AfterEach
  void close() {
    one.close();
    two.close();
  }

  @Test
  void readers_of_both_see_each_event_once_and_in_order_while_8_write_some_of_them_to_both()
      throws Exception {
    String token = one.token(Installation.ACCOUNT, Installation.PASSWORD);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<String>>> written =
          IntStream.range(0, WRITERS)
              .mapToObj(i -> threads.submit(writer(i, token, threads)))
              .toList();
      List<Future<Follower>> readers =
          List.of(new Follower(token, one), new Follower(token, two), new Follower(token, one, two))
              .stream()
              .map(
                  reader ->
                      threads.submit(
                          () -> reader.follow(() -> written.stream().allMatch(Future::isDone))))
              .toList();

      List<String> ids = new ArrayList<>();
      for (Future<List<String>> each : written) {
        ids.addAll(each.get());
      }
      for (Future<Follower> each : readers) {
        assertSawAll(ids, each.get());
      }
    }
  }

  private SharingWriter writer(int i, String token, ExecutorService threads) {
    return i % 2 == 0
        ? new SharingWriter(one, two, token, "w" + i, ROUNDS, threads)
        : new SharingWriter(two, one, token, "w" + i, ROUNDS, threads);
  }

  private static void assertSawAll(List<String> ids, Follower reader) {
    assertThat(reader.positions())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, ids.size()).boxed().toList());
    assertThat(reader.eventIds()).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(reader.receivedTimes()).isSorted();
  }

  @Test
  void a_refresh_token_of_one_is_spent_at_the_other_and_its_reuse_revokes_what_both_gave()
      throws IOException {
    JsonNode first = tokens(one.login(Installation.ACCOUNT, Installation.PASSWORD));
    JsonNode second = tokens(two.refresh(refreshToken(first)));
    assertThat(one.get(second.get("access_token").asText(), ConsumerApi.list(1)).statusCode())
        .isEqualTo(200);

    HttpResponse<String> reuse = one.refresh(refreshToken(first));

    assertThat(reuse.statusCode()).isEqualTo(400);
    assertThat(ConsumerApi.tree(reuse).get("error").asText()).isEqualTo("invalid_grant");
    assertThat(one.refresh(refreshToken(second)).statusCode()).isEqualTo(400);
    assertThat(two.refresh(refreshToken(second)).statusCode()).isEqualTo(400);
  }

  private static JsonNode tokens(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return ConsumerApi.tree(answer);
  }

  private static String refreshToken(JsonNode tokens) {
    return tokens.get("refresh_token").asText();
  }
}
