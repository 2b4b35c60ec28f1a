package io.messagerelay.consumer.retention;

import static io.messagerelay.consumer.store.TestEvents.event;
import static io.messagerelay.consumer.store.TestEvents.events;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.messagerelay.consumer.retention.Retention.Outcome.Done;
import io.messagerelay.consumer.store.Backend;
import io.messagerelay.contract.Event;
import io.messagerelay.contract.Payload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written before events go. */
final class ArchiveTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private RetentionBench bench;

  @BeforeEach
  void open() throws Exception {
    bench = new RetentionBench(Backend.SQLITE, folder);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private List<Path> files(String suffix) throws IOException {
    try (Stream<Path> all = Files.list(bench.archive)) {
      return all.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  private static List<JsonNode> lines(Path file) throws IOException {
    try (var reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      List<JsonNode> lines = new ArrayList<>();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(JSON.readTree(line));
      }
      return lines;
    }
  }

  private List<String> archivedIds() throws IOException {
    List<String> ids = new ArrayList<>();
    for (Path manifest : files(".manifest.json")) {
      String file = JSON.readTree(manifest.toFile()).get("file").asText();
      lines(bench.archive.resolve(file)).forEach(line -> ids.add(line.get("event_id").asText()));
    }
    return ids;
  }

  @Test
  void a_file_has_the_events_and_its_manifest_tells_which() throws Exception {
    bench.database().events().append(events("a", 0, 300));
    bench.clock.advance(Duration.ofHours(1));
    bench.database().events().append(events("b", 0, 300));

    assertThat(bench.archiving(RetentionBench.count(100)).runOnce()).isEqualTo(new Done(500));

    assertThat(files("")).hasSize(2);
    Path file = files(".ndjson.gz").getFirst();
    JsonNode manifest = JSON.readTree(files(".manifest.json").getFirst().toFile());
    String name = file.getFileName().toString();
    assertThat(name).matches("events-[0-9a-f]{8}-1-500\\.ndjson\\.gz");
    assertThat(manifest.get("file").asText()).isEqualTo(name);
    assertThat(manifest.get("store").asText()).isEqualTo(bench.database().events().storeId());
    assertThat(manifest.get("events").asLong()).isEqualTo(500);
    assertThat(manifest.get("first_id").asLong()).isEqualTo(1);
    assertThat(manifest.get("last_id").asLong()).isEqualTo(500);
    assertThat(manifest.get("first_received").asText()).isEqualTo("2026-01-01T00:00:00.000000Z");
    assertThat(manifest.get("last_received").asText()).isEqualTo("2026-01-01T01:00:00.000000Z");
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    assertThat(manifest.get("sha256").asText()).isEqualTo(HexFormat.of().formatHex(digest));
    assertThat(archivedIds()).hasSize(500).startsWith("a-0", "a-1").endsWith("b-199");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void each_event_is_one_line_as_the_list_shows_it() throws Exception {
    Payload json = new Payload(Payload.Kind.JSON, "{\n \"a\": [1,\r\n2.50]}");
    bench
        .database()
        .events()
        .append(
            List.of(
                new Event("a", "t", json, "key", "00-01-02-00"),
                event("b", "t", "two\nlines \ud83d\ude00"),
                event("c", "t", "personal"),
                event("d")));
    bench.database().erasure().erase("c");

    bench.archiving(RetentionBench.count(1)).runOnce();

    List<JsonNode> lines = lines(files(".ndjson.gz").getFirst());
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0).get("id").asLong()).isEqualTo(1);
    assertThat(lines.get(0).get("payload")).isEqualTo(JSON.readTree(json.text()));
    assertThat(lines.get(0).get("event_key").asText()).isEqualTo("key");
    assertThat(lines.get(0).get("traceparent").asText()).isEqualTo("00-01-02-00");
    assertThat(lines.get(0).get("received_time").asText()).isEqualTo("2026-01-01T00:00:00.000000Z");
    assertThat(lines.get(1).get("payload").asText()).isEqualTo("two\nlines \ud83d\ude00");
    assertThat(lines.get(2).get("payload").isNull()).isTrue();
    assertThat(lines.get(2).get("erased").asBoolean()).isTrue();
  }

  @Test
  void events_that_were_archived_and_not_removed_by_a_crash_are_archived_again() throws Exception {
    bench.database().events().append(events("a", 0, 700));
    Retention killed =
        bench.retention(RetentionBench.count(100), "killed", Optional.of(bench.archive));
    for (int step = 0; step < 3; step++) {
      killed.step();
    }
    assertThat(archivedIds()).hasSize(600);
    assertThat(bench.all()).hasSize(500);
    bench.clock.advance(Duration.ofSeconds(61));

    assertThat(bench.archiving(RetentionBench.count(100)).runOnce()).isEqualTo(new Done(400));

    assertThat(files(".manifest.json")).hasSize(2);
    assertThat(archivedIds()).hasSize(1_000).contains("a-0", "a-199", "a-200", "a-599");
    assertThat(bench.ids()).hasSize(100).startsWith("a-600");
  }

  @Test
  void a_crash_while_a_file_is_written_loses_nothing_and_leaves_no_manifest() throws Exception {
    bench.database().events().append(events("a", 0, 20));
    Files.createDirectories(bench.archive);
    Path unfinished = bench.archive.resolve("unfinished-holder.ndjson.gz");
    Files.writeString(unfinished, "half of a fi");

    bench.archiving(RetentionBench.count(5)).runOnce();

    assertThat(unfinished).doesNotExist();
    assertThat(archivedIds()).hasSize(15);
  }

  @Test
  void nothing_is_removed_when_it_cannot_be_archived() throws Exception {
    bench.database().events().append(events("a", 0, 20));
    Files.writeString(bench.archive, "in the way");
    Retention retention = bench.archiving(RetentionBench.count(5));

    long pause = 0;
    while (pause != Retention.BETWEEN.toNanos()) {
      pause = retention.step();
    }
    assertThat(bench.all()).hasSize(20);

    Files.delete(bench.archive);
    for (pause = 0; pause != Retention.BETWEEN.toNanos(); ) {
      pause = retention.step();
    }
    assertThat(bench.all()).hasSize(5);
    assertThat(archivedIds()).hasSize(15);
  }

  @Test
  void a_pass_that_finds_nothing_leaves_no_file() throws Exception {
    bench.database().events().append(events("a", 0, 20));

    assertThat(bench.archiving(RetentionBench.count(20)).runOnce()).isEqualTo(new Done(0));
    assertThat(bench.archive).doesNotExist();
  }
}
