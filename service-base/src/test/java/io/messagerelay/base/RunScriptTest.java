package io.messagerelay.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/run} with scripts in the place of the services. */
class RunScriptTest {
  private static final String UNTIL_TERM =
      """
      #!/bin/sh
      echo "$0 $1 MYSQL_HOST=[$MYSQL_HOST] $LOG_FORMAT $LOG_EVENTS $CONSUMER_URL"
      trap 'echo "$0 stopped"; exit 143' TERM
      while :; do sleep 0.1; done
      """;

  @TempDir private Path folder;
  private Path output;
  private Shell shell;
  private HttpServer consumer;
  private String url;

  @BeforeEach
  void prepare() throws IOException {
    shell = Shell.in(folder);
    output = folder.resolve("output.txt");
    Path classes = folder.resolve("service-base/target/classes");
    Files.createDirectories(classes.getParent());
    Files.createSymbolicLink(classes, Path.of("target/classes").toAbsolutePath());
    service("event-consumer", UNTIL_TERM);
    service("event-propagator", UNTIL_TERM);
    consumer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    consumer.createContext("/ready", exchange -> exchange.sendResponseHeaders(200, -1));
    consumer.start();
    url = "http://localhost:" + consumer.getAddress().getPort();
    Files.writeString(
        folder.resolve(".env"),
        """
        CONSUMER_PORT = "%d" # free
        MYSQL_HOST=db
        SERVICE_NAME='a b'
        SERVICE_PASSWORD=hunter2
        SECRET_KEY=k
        """
            .formatted(consumer.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    consumer.stop(0);
  }

  private void service(String name, String script) throws IOException {
    Files.writeString(folder.resolve("bin").resolve(name), script);
  }

  private void awaitOutput(String text) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(output).content().contains(text));
  }

  private static int codeOf(Process process) throws InterruptedException {
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Test
  void both_run_until_the_signal_and_the_place_to_look_is_shown() throws Exception {
    Process run = shell.start(output, "bin/run");
    awaitOutput("Ctrl-C");
    run.destroy();

    assertThat(codeOf(run)).isZero();
    assertThat(output)
        .content()
        .contains("bin/event-consumer run MYSQL_HOST=[] text true \n")
        .contains("bin/event-propagator run MYSQL_HOST=[] text true " + url + "\n")
        .contains("console    " + url + "/\n")
        .contains("API page   " + url + "/docs\n")
        .contains("account    a b; the password is SERVICE_PASSWORD in .env\n")
        .contains("bin/event-consumer stopped\n", "bin/event-propagator stopped\n")
        .doesNotContain("hunter2");
    assertThat(run.children()).isEmpty();
  }

  @Test
  void consumer_that_ends_stops_the_propagator_and_gives_the_exit_code() throws Exception {
    service("event-consumer", "#!/bin/sh\nexit 78\n");
    Process run = shell.start(output, "bin/run");

    assertThat(codeOf(run)).isEqualTo(78);
    assertThat(output)
        .content()
        .contains("event-consumer ended by itself with exit code 78; stopping the rest\n")
        .contains("bin/event-propagator stopped\n");
  }

  @Test
  void propagator_that_ends_stops_the_consumer_and_gives_the_exit_code() throws Exception {
    service("event-propagator", "#!/bin/sh\nexit 69\n");
    Process run = shell.start(output, "bin/run");

    assertThat(codeOf(run)).isEqualTo(69);
    assertThat(output)
        .content()
        .contains("event-propagator ended by itself with exit code 69; stopping the rest\n")
        .contains("bin/event-consumer stopped\n");
  }
}
