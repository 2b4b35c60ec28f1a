package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.servers.TestDatabase;
import io.messagerelay.servers.TestServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands of {@code docs/run-book.md}, and the way from a file to several consumers. */
final class RunBookDocIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String PAGE = "docs/run-book.md";
  private static final int EVENTS = 1_200;
  private static final Pattern SETTINGS = Pattern.compile("```ini\n(.*?)```", Pattern.DOTALL);

  @RegisterExtension final Site site = new Site();

  private final TestDatabase database = TestServer.shared().newDatabase();

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void the_way_from_a_file_to_several_consumers_leads_there() throws IOException {
    Installation both = site.get();
    both.writeDotEnv(
        "SERVICE_NAME=%s\nSERVICE_PASSWORD=%s\n"
            .formatted(Installation.ACCOUNT, Installation.PASSWORD));
    Files.writeString(both.folder().resolve("events.json"), SampleData.keyed(EVENTS).json());
    List<String> blocks = page().inCheckout().blocks();
    assertThat(blocks).hasSize(6);
    Child embedded = both.consumer();
    both.awaitReady(embedded, PATIENCE);
    Child replay = both.start(Service.PROPAGATOR, Map.of(), "replay", "events.json");
    assertThat(replay.waitFor(PATIENCE)).as(replay.output()).isZero();
    both.writeData(SampleData.keyed(1).json());
    assertThat(both.propagator("--limit", "1").waitFor(PATIENCE)).isZero();

    assertThat(run(Map.of(), blocks.get(0))).contains("taken ", "service  ready at ");
    assertThat(run(Map.of(), blocks.get(1))).contains("no dead letters");
    assertThat(run(Map.of(), blocks.get(2))).contains("exported 1,201 events");
    embedded.terminate();
    embedded.waitFor(PATIENCE);

    Map<String, String> mysql = database.settings();
    assertThat(
            namesOf(SETTINGS.matcher(page().text()).results().findFirst().orElseThrow().group(1)))
        .containsExactlyInAnyOrderElementsOf(mysql.keySet());
    assertThat(run(mysql, blocks.get(3))).contains("imported 1,201 events", "1,201 events, ");

    both.awaitReady(both.start(Service.CONSUMER, mysql, "run"), PATIENCE);
    int port = freePort();
    try (Child second = page().run(at(port, "exec env " + blocks.get(4)), mysql)) {
      Waiting.until("the second listens", PATIENCE, () -> second.output().contains(" listens on "));
      String page = run(mysql, at(port, blocks.get(5)));
      assertThat(page).startsWith("[{\"id\":1,").contains("\"event_id\"");
    }
  }

  private DocCommands page() {
    return new DocCommands(site.get(), PAGE);
  }

  private String run(Map<String, String> settings, String block) {
    Child shell = page().run(block, settings);
    assertThat(shell.waitFor(PATIENCE)).as("%s%n%s", block, shell.output()).isZero();
    return shell.output();
  }

  private static List<String> namesOf(String settings) {
    return settings.lines().map(line -> line.substring(0, line.indexOf('='))).toList();
  }

  private static String at(int port, String block) {
    return block.replace("localhost:8001", "127.0.0.1:" + port).replace("=8001", "=" + port);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
