package io.messagerelay.propagator.auth;

import static io.messagerelay.propagator.auth.FaultServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.propagator.auth.TokenAnswer.Token;
import io.messagerelay.propagator.auth.TokenAnswer.Unavailable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many lanes, one token. */
@Timeout(60)
class TokenClientLanesTest {
  private static final int LANES = 16;
  private static final Token A = new Token("a");
  private static final Token B = new Token("b");

  private final AtomicLong nanos = new AtomicLong();
  private final ExecutorService lanes = Executors.newFixedThreadPool(LANES);
  private FaultServer consumer;

  @BeforeEach
  void open() throws IOException {
    consumer = new FaultServer();
  }

  @AfterEach
  void close() throws IOException {
    lanes.shutdownNow();
    consumer.close();
  }

  @Test
  void lanes_that_begin_together_log_in_once() throws Exception {
    consumer.answers(token("a"));
    try (Exchange http = exchange(Duration.ofSeconds(20))) {
      TokenClient client = client(http);

      assertThat(together(client::current)).hasSize(LANES).containsOnly(A);
      assertThat(consumer.requests()).hasSize(1);
    }
  }

  @Test
  void lanes_that_are_refused_together_renew_once() throws Exception {
    consumer.answers(token("a"), token("b"));
    try (Exchange http = exchange(Duration.ofSeconds(20))) {
      TokenClient client = client(http);
      client.current();

      assertThat(together(() -> client.renew(A))).hasSize(LANES).containsOnly(B);
      assertThat(consumer.requests()).hasSize(2);
    }
  }

  @Test
  void lanes_that_fail_together_ask_once() throws Exception {
    consumer.answers(reply(503, ""));
    try (Exchange http = exchange(Duration.ofSeconds(20))) {
      TokenClient client = client(http);

      assertThat(together(client::current)).hasSize(LANES).hasOnlyElementsOfType(Unavailable.class);
      assertThat(consumer.requests()).hasSize(1);
    }
  }

  @Test
  void lanes_go_on_with_the_valid_token_while_one_renews_it_early() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    consumer.answers(
        token("a"),
        (request, socket) -> {
          asked.countDown();
          await(answered);
          token("b").write(request, socket);
        });
    try (Exchange http = exchange(Duration.ofSeconds(20))) {
      TokenClient client = client(http);
      client.current();
      nanos.addAndGet(Duration.ofSeconds(90).toNanos());
      Future<TokenAnswer> renewal = lanes.submit(client::current);
      await(asked);

      assertThat(client.current()).isEqualTo(A);

      answered.countDown();
      assertThat(renewal.get(10, TimeUnit.SECONDS)).isEqualTo(B);
      assertThat(client.current()).isEqualTo(B);
    }
  }

  @Test
  void endpoint_that_hangs_holds_nobody_longer_than_the_time_out() throws Exception {
    consumer.answers(consumer.hang(""), token("a"));
    try (Exchange http = exchange(Duration.ofMillis(300))) {
      TokenClient client = client(http);

      assertThat(together(client::current)).hasOnlyElementsOfType(Unavailable.class);

      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
      assertThat(client.current()).isEqualTo(A);
    }
  }

  @Test
  void lane_that_is_interrupted_while_it_asks_leaves_nothing_stuck() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    consumer.answers(
        token("a"),
        (request, socket) -> {
          asked.countDown();
          consumer.hang("").write(request, socket);
        },
        token("b"));
    try (Exchange http = exchange(Duration.ofSeconds(20))) {
      TokenClient client = client(http);
      client.current();
      nanos.addAndGet(Duration.ofSeconds(100).toNanos());
      Future<TokenAnswer> interrupted = lanes.submit(client::current);
      await(asked);
      interrupted.cancel(true);

      assertThat(client.current()).isEqualTo(B);
      assertThat(consumer.requests())
          .extracting(FaultServer.Request::text)
          .satisfiesExactly(
              text -> assertThat(text).contains("grant_type=password"),
              text -> assertThat(text).contains("grant_type=refresh_token"),
              text -> assertThat(text).contains("grant_type=password"));
      assertThat(consumer.clientHangsUp()).isTrue();
    }
  }

  private List<TokenAnswer> together(Callable<TokenAnswer> lane) throws Exception {
    CyclicBarrier start = new CyclicBarrier(LANES);
    List<Future<TokenAnswer>> running = new ArrayList<>();
    for (int i = 0; i < LANES; i++) {
      running.add(
          lanes.submit(
              () -> {
                start.await();
                return lane.call();
              }));
    }
    List<TokenAnswer> answers = new ArrayList<>();
    for (Future<TokenAnswer> future : running) {
      answers.add(future.get(20, TimeUnit.SECONDS));
    }
    return answers;
  }

  private TokenClient client(Exchange http) {
    return new TokenClient(
        http, new Endpoint(consumer.uri("/token")), new Account("relay", "password"), nanos::get);
  }

  private static Exchange exchange(Duration timeout) {
    return Exchange.open(Duration.ofSeconds(20), timeout, Clock.systemUTC());
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static FaultServer.Answer token(String value) {
    return reply(
        200,
        """
        {"access_token":"%s","token_type":"bearer","expires_in":100,"refresh_token":"r"}
        """
            .formatted(value));
  }
}
