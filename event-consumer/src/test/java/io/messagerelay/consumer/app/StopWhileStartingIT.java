package io.messagerelay.consumer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A signal while the service starts: it ends at once, as asked, and is no fault. */
class StopWhileStartingIT {
  /** What a JVM exits with that has not come to our code when SIGTERM does. */
  private static final int TOO_EARLY = 143;

  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  @TempDir private Path folder;

  /** Where a start on an idle machine takes about one and a half seconds. */
  @ParameterizedTest
  @ValueSource(ints = {0, 200, 400, 600, 700, 800, 900, 1_000, 1_200, 1_500})
  void a_signal_at_any_moment_ends_it_quietly(int millis) throws Exception {
    try (var consumer = RunningConsumer.begin(folder, Map.of())) {
      Thread.sleep(millis);
      int code = consumer.stop();

      assertThat(code).isIn(0, TOO_EARLY);
      assertThat(consumer.log()).doesNotContain("fault", "Exception", "ERROR", "WARN");
      if (code == TOO_EARLY) {
        // A JVM that has no modules yet says in a line that it cannot log its end.
        assertThat(consumer.log().lines().count()).isLessThanOrEqualTo(1);
      }
    }
  }

  /** The store's file is made while the framework starts. */
  @Test
  void a_signal_while_the_store_is_opened_leaves_what_the_next_start_completes() throws Exception {
    try (var consumer = RunningConsumer.begin(folder, Map.of())) {
      await()
          .atMost(START)
          .pollInterval(Duration.ofMillis(1))
          .until(() -> Files.exists(consumer.storeFile()));

      assertThat(consumer.stop()).isZero();
      assertThat(consumer.log()).doesNotContain("fault", "Exception", "ERROR", "WARN");
    }
    try (var consumer = RunningConsumer.start(folder, Map.of())) {
      assertThat(consumer.stop()).isZero();
    }
  }

  /** Behind the port is a server that says nothing. */
  @ParameterizedTest
  @CsvSource({"false", "true"})
  void a_signal_while_it_waits_for_mysql_ends_it_at_once(boolean interrupted) throws Exception {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var consumer =
            RunningConsumer.begin(
                folder,
                Map.of(
                    "MYSQL_HOST", "127.0.0.1",
                    "MYSQL_PORT", Integer.toString(silent.getLocalPort()),
                    "MYSQL_DATABASE", "events",
                    "MYSQL_USER", "relay",
                    "MYSQL_PASSWORD", "secret",
                    "MYSQL_TLS", "disabled"))) {
      await().atMost(START).until(() -> consumer.log().contains("waiting for mysql"));
      String before = consumer.log();
      long begun = System.nanoTime();

      assertThat(interrupted ? consumer.interrupt() : consumer.stop()).isZero();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(AT_ONCE);
      assertThat(consumer.log()).isEqualTo(before);
    }
  }
}
