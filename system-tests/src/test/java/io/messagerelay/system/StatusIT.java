package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code status} of both services: beside a run, after a kill, and where nothing is. */
final class StatusIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @RegisterExtension final Site site = new Site();

  private Child status(Service service, int exitCode, String... more) {
    List<String> arguments = Stream.concat(Stream.of("status"), Stream.of(more)).toList();
    Child status = site.get().start(service, Map.of(), arguments.toArray(String[]::new));
    assertThat(status.waitFor(PATIENCE)).as(status.output()).isEqualTo(exitCode);
    return status;
  }

  private static Map<String, String> figures(Child status) {
    return status.lines().stream()
        .map(line -> line.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  @Test
  void an_empty_folder_is_told_in_a_line_and_stays_empty() {
    assertThat(status(Service.PROPAGATOR, 69).lines())
        .containsExactly("SPOOL_DIR: var/spool has no spool yet; event-propagator run makes one");
    assertThat(status(Service.CONSUMER, 69).lines())
        .containsExactly(
            "service  not running: nothing listens at " + site.get().consumerUrl(),
            "store    STORE_FILE var/store.db: there is no store yet; event-consumer run makes one");
    assertThat(site.get().folder().resolve("var")).doesNotExist();
  }

  @Test
  void both_are_told_beside_a_run_and_after_a_kill() throws IOException {
    site.get().writeData(SampleData.keyed(3).json());
    Child consumer = site.get().consumer();
    site.get().awaitReady(consumer, PATIENCE);
    Child propagator = site.get().propagator();
    Waiting.until("events are taken", PATIENCE, () -> propagator.output().contains(" taken "));
    Waiting.until("events are stored", PATIENCE, () -> stored() > 0);

    Map<String, String> spool = figures(status(Service.PROPAGATOR, 0, "--lines"));
    assertThat(spool)
        .containsEntry("running", "true")
        .containsKeys("process", "kept_bytes", "in_flight");
    assertThat(status(Service.PROPAGATOR, 0).lines())
        .hasSize(6)
        .anySatisfy(line -> assertThat(line).startsWith("books         taken "))
        .anySatisfy(
            line ->
                assertThat(line)
                    .matches("pace          \\d in flight; 5 of 5 requests may be at once"))
        .anySatisfy(line -> assertThat(line).startsWith("runner        works: event-propagator "));
    assertThat(status(Service.CONSUMER, 0).lines())
        .hasSize(2)
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("service  ready at " + site.get().consumerUrl()),
            line -> assertThat(line).matches("store    var/store.db: [\\d,]+ events, the last .*"));

    propagator.kill();
    consumer.kill();
    Map<String, String> left = figures(status(Service.PROPAGATOR, 0, "--lines"));
    assertThat(left).containsEntry("running", "false").doesNotContainKeys("process", "in_flight");
    Map<String, String> store = figures(status(Service.CONSUMER, 0, "--lines"));
    assertThat(store).containsEntry("service", "not_running");
    assertThat(store.get("events")).isEqualTo(Long.toString(stored()));
    assertThat(status(Service.PROPAGATOR, 0, "--json").lines())
        .singleElement()
        .asString()
        .startsWith(
            "{\"spools\":[{\"spool\":\"var/spool/spool.db\",\"name\":\"main\",\"taken\":"
                + left.get("taken"));
    assertThat(status(Service.CONSUMER, 0, "--json").lines())
        .singleElement()
        .asString()
        .startsWith("{\"service\":\"not_running\",");
  }

  private long stored() {
    try (StoredRows store = site.get().rows()) {
      return store.rows().size();
    }
  }

  @Test
  void a_run_that_ended_leaves_files_that_status_adds_none_to() throws IOException {
    site.get().writeData(SampleData.keyed(3).json());
    Child consumer = site.get().consumer();
    site.get().awaitReady(consumer, PATIENCE);
    assertThat(site.get().propagator("--limit", "20").waitFor(PATIENCE)).isZero();
    consumer.terminate();
    consumer.waitFor(PATIENCE);
    List<Path> before = files();

    assertThat(figures(status(Service.PROPAGATOR, 0, "--lines"))).containsEntry("pending", "0");
    assertThat(figures(status(Service.CONSUMER, 0, "--lines"))).containsEntry("events", "20");
    assertThat(files()).isEqualTo(before);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(site.get().folder().resolve("var"))) {
      return all.sorted().toList();
    }
  }

  @Test
  void what_cannot_be_read_is_one_line() throws IOException {
    Path spool = site.get().spoolDir().resolve("spool.db");
    Files.createDirectories(spool.getParent());
    for (Path file : List.of(spool, site.get().storeFile())) {
      Files.writeString(file, "no database, just a text\n".repeat(100));
    }

    assertThat(status(Service.PROPAGATOR, 69).lines())
        .singleElement()
        .asString()
        .contains("spool.db is no spool");
    assertThat(status(Service.CONSUMER, 69).lines().getLast())
        .startsWith("store    STORE_FILE var/store.db: is not a SQLite database");
    assertThat(status(Service.CONSUMER, 69, "--lines").output()).contains("store_problem=");
    assertThat(status(Service.CONSUMER, 2, "--lines", "--json").lines()).hasSize(1);
  }
}
