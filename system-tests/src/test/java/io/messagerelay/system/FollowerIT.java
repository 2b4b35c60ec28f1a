package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A reader that follows the list by its cursor while writers write. */
final class FollowerIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int WRITERS = 8;
  private static final int REQUESTS = 150;

  /** Every third request is a batch, so that groups of all sizes meet in a commit. */
  private static final int BATCH = 7;

  @RegisterExtension final Site site = new Site();

  @Test
  void a_reader_that_follows_the_list_misses_nothing_and_sees_nothing_twice_while_8_write()
      throws Exception {
    Child consumer = site.get().consumer();
    site.get().awaitReady(consumer, PATIENCE);
    try (var api = new ConsumerApi(site.get().consumerUrl());
        ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      String token = api.token(Installation.ACCOUNT, Installation.PASSWORD);
      List<Future<List<String>>> written =
          IntStream.range(0, WRITERS)
              .mapToObj(writer -> writers.submit(writing(api, token, writer)))
              .toList();

      Follower reader =
          new Follower(token, api).follow(() -> written.stream().allMatch(Future::isDone));

      List<String> ids = new ArrayList<>();
      for (Future<List<String>> each : written) {
        ids.addAll(each.get());
      }
      assertThat(reader.positions())
          .containsExactlyElementsOf(LongStream.rangeClosed(1, ids.size()).boxed().toList());
      assertThat(reader.eventIds()).containsExactlyInAnyOrderElementsOf(ids);
    }
  }

  private static Callable<List<String>> writing(ConsumerApi api, String token, int writer) {
    return () -> {
      List<String> ids = new ArrayList<>();
      for (int request = 0; request < REQUESTS; request++) {
        int count = request % 3 == 0 ? BATCH : 1;
        String name = "w" + writer + "-" + request + "-";
        List<String> batch = IntStream.range(0, count).mapToObj(i -> name + i).toList();
        write(api, token, batch);
        ids.addAll(batch);
      }
      return ids;
    };
  }

  private static void write(ConsumerApi api, String token, List<String> ids) throws IOException {
    assertThat(api.post(token, Posts.of(ids, "x")).statusCode()).isIn(200, 201);
  }
}
