package io.messagerelay.consumer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.messagerelay.contract.EventLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More events than the queue holds, while another process keeps the store. */
class OverloadIT {
  /** So many of the largest bodies fill the room that arriving ones have, but for a few bytes. */
  private static final int LARGEST_BODIES = 4;

  private static final int SENDERS = 16;

  private static final int REQUESTS = 2_000;

  @TempDir private Path folder;

  private static HttpResponse<String> post(RunningConsumer consumer, String token, int events) {
    String lines =
        IntStream.range(0, events)
            .mapToObj(_ -> "{\"event_type\":\"t\",\"event_payload\":\"p\"}")
            .collect(Collectors.joining("\n"));
    return consumer.send(
        consumer
            .request("/event")
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofString(lines)));
  }

  @Test
  void a_full_queue_refuses_at_once_and_takes_events_again_when_it_has_emptied() throws Exception {
    try (var consumer = RunningConsumer.start(folder, Map.of("INTAKE_QUEUE_EVENTS", "1000"))) {
      String token = consumer.token("events:write");
      CompletableFuture<HttpResponse<String>> first;
      try (StoreLock _ = StoreLock.take(consumer.storeFile())) {
        first = CompletableFuture.supplyAsync(() -> post(consumer, token, 1_000));
        await()
            .untilAsserted(
                () ->
                    assertThat(consumer.get("/metrics").body())
                        .contains("message_relay_queue_events 1000.0"));
        HttpResponse<String> refused = post(consumer, token, 1);

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("urn:message-relay:problem:overloaded");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      }
      // A second after it came the intake puts a batch off that it could not store.
      assertThat(first.join().statusCode()).isIn(200, 503);
      await().until(() -> post(consumer, token, 1).statusCode() == 200);
    }
  }

  /** Nobody of them waits for the store: that would take a second and a half. */
  @Test
  void thousands_of_requests_beyond_a_full_queue_are_refused_without_waiting() throws Exception {
    try (var consumer = RunningConsumer.start(folder, Map.of("INTAKE_QUEUE_EVENTS", "1000"));
        var senders = Executors.newFixedThreadPool(SENDERS)) {
      String token = consumer.token("events:write");
      try (StoreLock _ = StoreLock.take(consumer.storeFile())) {
        var first = CompletableFuture.supplyAsync(() -> post(consumer, token, 1_000), senders);
        await()
            .untilAsserted(
                () ->
                    assertThat(consumer.get("/metrics").body())
                        .contains("message_relay_queue_events 1000.0"));
        int refused = 0;
        Callable<Answered> request = () -> answered(consumer, token);
        for (Future<Answered> answered :
            senders.invokeAll(Collections.nCopies(REQUESTS, request))) {
          if (answered.get().overloaded()) {
            refused++;
            assertThat(answered.get().after()).isLessThan(Duration.ofSeconds(1));
          }
        }
        // Each second the intake puts off what is in the queue, and takes the next one in.
        assertThat(refused).isGreaterThan(REQUESTS * 9 / 10);
        assertThat(first.join().statusCode()).isEqualTo(503);
      }
    }
  }

  private record Answered(boolean overloaded, Duration after) {}

  private static Answered answered(RunningConsumer consumer, String token) {
    long begun = System.nanoTime();
    HttpResponse<String> answer = post(consumer, token, 1_000);
    Duration after = Duration.ofNanos(System.nanoTime() - begun);
    assertThat(answer.statusCode()).isEqualTo(503);
    return new Answered(answer.body().contains("urn:message-relay:problem:overloaded"), after);
  }

  @Test
  void bodies_that_never_end_take_no_more_than_their_room() throws Exception {
    var arriving = new ArrayList<Socket>();
    try (var consumer = RunningConsumer.start(folder, Map.of())) {
      String token = consumer.token("events:write");
      for (int requests = 0; requests < LARGEST_BODIES; requests++) {
        arriving.add(almostArrived(consumer, token));
      }

      await().until(() -> post(consumer, token, 1).statusCode() == 503);
      assertThat(post(consumer, token, 1).body()).contains("urn:message-relay:problem:overloaded");

      for (Socket socket : arriving) {
        socket.close();
      }
      await().until(() -> post(consumer, token, 1).statusCode() == 200);
    }
  }

  /** The largest body, of which one byte is missing. */
  private static Socket almostArrived(RunningConsumer consumer, String token) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), consumer.port());
    var out = socket.getOutputStream();
    String head =
        """
        POST /event HTTP/1.1
        Host: localhost
        Authorization: Bearer %s
        Content-Type: application/json
        Content-Length: %d

        """
            .formatted(token, EventLimits.BODY_BYTES);
    out.write(head.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.write(new byte[EventLimits.BODY_BYTES - 1]);
    return socket;
  }
}
