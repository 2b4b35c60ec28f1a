package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code replay} through both real services. */
final class ReplayIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @RegisterExtension final Site site = new Site();

  @BeforeEach
  void startConsumer() {
    site.get().awaitReady(site.get().consumer(), PATIENCE);
  }

  private Child start(String... arguments) {
    String[] all = Stream.concat(Stream.of("replay"), Stream.of(arguments)).toArray(String[]::new);
    return site.get().start(Service.PROPAGATOR, Map.of("SCHEDULER_INTERVAL", "never"), all);
  }

  private Child replay(int exitCode, String... arguments) {
    Child child = start(arguments);
    assertThat(child.waitFor(PATIENCE)).as(child.output()).isEqualTo(exitCode);
    return child;
  }

  private Path file(String name) {
    return site.get().folder().resolve(name);
  }

  private static String lines(SampleData data) {
    JsonNode array = ConsumerApi.tree(data.json());
    var lines = new StringBuilder();
    array.forEach(event -> lines.append(event).append('\n'));
    return lines.toString();
  }

  private static void gzip(Path file, String text) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private List<StoredEvent> stored() {
    try (StoredRows rows = site.get().rows()) {
      return rows.rows();
    }
  }

  private long count() {
    try (StoredRows rows = site.get().rows()) {
      return rows.count();
    }
  }

  private List<Path> spools() throws IOException {
    try (Stream<Path> all = Files.list(site.get().spoolDir())) {
      return all.sorted().toList();
    }
  }

  private static String booksLine(int delivered, int duplicate, int dead) {
    return "taken %,d = delivered %,d + duplicate %,d + dead %,d + discarded 0 + pending 0"
        .formatted(delivered + duplicate + dead, delivered, duplicate, dead);
  }

  @Test
  void every_form_is_stored_once_in_its_order_and_leaves_no_spool() throws IOException {
    SampleData data = SampleData.withoutKeys(2_500);
    Files.createDirectory(file("all"));
    Files.writeString(file("all/1.json"), data.json());
    Files.writeString(file("all/2.ndjson"), lines(data));
    gzip(file("all/3.json.gz"), data.json() + " ");
    gzip(file("all/4.jsonl.gz"), lines(data) + "\n");
    Files.writeString(file("all/notes.txt"), "none of these");

    Child child = replay(0, "all");

    assertThat(child.lines().getLast()).isEqualTo(booksLine(10_000, 0, 0));
    assertThat(child.output()).contains("left out of all: notes.txt");
    List<StoredEvent> stored = stored();
    assertThat(stored).hasSize(10_000);
    for (int i = 0; i < 4; i++) {
      assertThat(stored.subList(2_500 * i, 2_500 * (i + 1)))
          .extracting(StoredEvent::content)
          .isEqualTo(data.events());
    }
    assertThat(spools()).isEmpty();
  }

  @Test
  void the_key_of_events_that_bring_none_is_found_in_their_payload() throws IOException {
    Files.writeString(
        file("orders.ndjson"),
        """
        {"event_type": "paid", "event_payload": "{\\"customer\\": \\"ada\\"}"}
        {"event_type": "paid", "event_payload": "no JSON"}
        {"event_type": "paid", "event_payload": "{\\"customer\\": \\"\\"}"}
        """);

    Child child =
        site.get()
            .start(
                Service.PROPAGATOR,
                Map.of("EVENT_KEY", "/event_payload/customer", "RATE_LIMIT", "100"),
                "replay",
                "orders.ndjson");

    assertThat(child.waitFor(PATIENCE)).as(child.output()).isEqualTo(3);
    assertThat(child.output())
        .contains("orders.ndjson:3: /event_key (from /event_payload/customer) must be 1 to 255");
    try (var api = new ConsumerApi(site.get().consumerUrl())) {
      String token = api.token(Installation.ACCOUNT, Installation.PASSWORD);
      assertThat(api.all(token))
          .extracting(event -> event.path("event_key").asText("none"))
          .containsExactlyInAnyOrder("ada", "none");
    }
  }

  @Test
  void the_same_content_sent_twice_is_stored_once_and_new_ids_send_it_again() throws IOException {
    SampleData data = SampleData.keyed(300);
    Files.writeString(file("a.json"), data.json());
    gzip(file("a.json.gz"), data.json());
    replay(0, "a.json");

    assertThat(replay(0, "a.json.gz").lines())
        .endsWith(
            booksLine(0, 300, 0),
            "300 duplicates: this content was sent before; --new-ids sends it again");
    assertThat(stored()).hasSize(300);

    JsonNode summary = ConsumerApi.tree(last(replay(0, "--new-ids", "--json", "a.json")));
    assertThat(summary.get("outcome").asText()).isEqualTo("delivered");
    assertThat(summary.get("delivered").asInt()).isEqualTo(300);
    assertThat(stored()).hasSize(600);
  }

  private static String last(Child child) {
    return child.lines().getLast();
  }

  @Test
  void killed_in_the_middle_it_goes_on_and_everything_is_stored_once() throws IOException {
    SampleData data = SampleData.keyed(20_000);
    gzip(file("a.ndjson.gz"), lines(data));

    for (int kill = 1; kill <= 3; kill++) {
      long enough = 3_000L * kill;
      Child child = start("--rate", "8000", "a.ndjson.gz");
      Waiting.until("much is stored", PATIENCE, () -> count() >= enough);
      child.kill();
    }
    Child child = replay(0, "a.ndjson.gz");

    assertThat(last(child).isEmpty()).isFalse();
    assertThat(child.output()).contains("taken 20,000 = ");
    assertThat(stored())
        .extracting(StoredEvent::content)
        .containsExactlyInAnyOrderElementsOf(data.events());
    assertThat(spools()).isEmpty();
  }

  @Test
  void interrupted_it_says_how_to_go_on() throws IOException {
    SampleData data = SampleData.withoutKeys(3_000);
    Files.writeString(file("a b.json"), data.json());
    Child child = start("--rate=100", "a b.json");
    Waiting.until("some are stored", PATIENCE, () -> count() > 20);

    Child second = start("--rate=100", "a b.json");
    assertThat(second.waitFor(PATIENCE)).as(second.output()).isEqualTo(75);
    assertThat(second.output()).contains("this is replayed already: another event-propagator ");

    child.interrupt();
    assertThat(child.waitFor(PATIENCE)).as(child.output()).isEqualTo(130);
    assertThat(last(child))
        .isEqualTo("interrupted; go on: event-propagator replay --rate=100 'a b.json'");
    assertThat(last(replay(0, "--rate=20000", "a b.json"))).startsWith("taken 3,000 = ");
    assertThat(stored()).extracting(StoredEvent::content).isEqualTo(data.events());
  }

  @Test
  void what_is_refused_is_a_dead_letter_and_its_spool_stays() throws IOException {
    Files.writeString(
        file("a.ndjson"),
        lines(SampleData.keyed(5)) + "nope\n{\"event_type\":1,\"event_payload\":\"x\"}\n");
    Files.writeString(file("b.ndjson"), "{\"event_type\":\"t\",\"event_payload\":{\"a\":1}}\n");

    assertThat(replay(0, "--dry-run", "b.ndjson").lines())
        .containsExactly(
            "1 event with a payload that is no string, which the consumer takes where a schema allows it",
            "1 item: 1 can be sent, 0 would be dead letters; nothing was sent");
    Child dry = replay(3, "--dry-run", "a.ndjson");
    assertThat(dry.lines())
        .contains("would be refused: a.ndjson:7: /event_type must be a string")
        .last()
        .isEqualTo("7 items: 5 can be sent, 2 would be dead letters; nothing was sent");
    assertThat(site.get().spoolDir()).doesNotExist();

    Child child = replay(3, "a.ndjson");
    Path spool = spools().getFirst();
    assertThat(child.lines())
        .endsWith(
            booksLine(5, 0, 2),
            "2 dead letters; look at them: event-propagator dead-letters list --spool "
                + spool.getFileName());

    replay(3, "a.ndjson");
    assertThat(spools()).hasSize(2).contains(spool);
    assertThat(spools().getLast().getFileName()).hasToString(spool.getFileName() + ".1");
  }

  @Test
  void parts_are_chosen_by_number_and_type() throws IOException {
    Files.writeString(file("a.json"), SampleData.withoutKeys(50).json());

    replay(0, "--from", "11", "--limit", "5", "a.json");
    replay(0, "--type", "sample.3", "--type", "sample.40", "a.json");

    assertThat(stored())
        .extracting(event -> event.content().item())
        .containsExactly(10, 11, 12, 13, 14, 3, 40);
  }

  @Test
  void standard_input_is_relayed_while_it_is_written() throws IOException {
    SampleData data = SampleData.withoutKeys(200);
    Files.writeString(file("a.ndjson"), lines(data));
    String command = Checkout.find().command(Service.PROPAGATOR);
    Child child =
        Child.start(
            List.of("sh", "-c", "cat a.ndjson | '%s' replay -; echo $?".formatted(command)),
            site.get().folder(),
            site.get().settings(),
            file("logs/pipe.log"));

    assertThat(child.waitFor(PATIENCE)).isZero();
    assertThat(child.lines()).endsWith(booksLine(200, 0, 0), "0");
    assertThat(stored()).extracting(StoredEvent::content).isEqualTo(data.events());
    assertThat(spools()).isEmpty();
  }

  @Test
  void what_cannot_be_replayed_is_said_in_a_line() throws IOException {
    gzip(file("a.json.gz"), SampleData.keyed(500).json());
    byte[] packed = Files.readAllBytes(file("a.json.gz"));
    Files.write(file("a.json.gz"), Arrays.copyOf(packed, packed.length / 2));

    assertThat(replay(69, "none.json").lines()).containsExactly("none.json does not exist");
    assertThat(last(replay(69, "a.json.gz")))
        .contains("the gzip is cut off", "nothing of it was sent");
    assertThat(replay(2, "--from", "0", "a.json.gz").lines()).hasSize(1);
    assertThat(replay(2, "-", "a.json.gz").lines()).hasSize(1);
    assertThat(site.get().spoolDir()).doesNotExist();
  }
}
