package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands of {@code docs/stored-events.md}, and what they say. */
final class StoredEventsDocIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int EVENTS = 2_500;

  @RegisterExtension final Site site = new Site();

  private Child consumer;

  @BeforeEach
  void store_events() throws IOException {
    Installation both = site.get();
    consumer = both.consumer();
    both.awaitReady(consumer, PATIENCE);
    Files.writeString(both.folder().resolve("events.json"), SampleData.keyed(EVENTS).json());
    Files.writeString(both.folder().resolve("more.json"), SampleData.withoutKeys(10).json());
    Child replay = both.start(Service.PROPAGATOR, Map.of(), "replay", "events.json");
    assertThat(replay.waitFor(PATIENCE)).as(replay.output()).isZero();
  }

  private Child command(int exitCode, String... arguments) {
    Child child = site.get().start(Service.CONSUMER, Map.of(), arguments);
    assertThat(child.waitFor(PATIENCE)).as(child.output()).isEqualTo(exitCode);
    return child;
  }

  private List<String> listed(String... more) {
    String[] arguments = Arrays.copyOf(new String[] {"list", "--json"}, 2 + more.length);
    System.arraycopy(more, 0, arguments, 2, more.length);
    return command(0, arguments).lines();
  }

  @Test
  void every_command_of_the_page_does_what_it_says() {
    DocCommands page = new DocCommands(site.get(), "docs/stored-events.md").inCheckout();
    List<String> blocks = page.blocks();

    assertThat(blocks).hasSize(4);
    for (String block : blocks) {
      Child shell = page.run(block);
      assertThat(shell.waitFor(PATIENCE)).as("%s%n%s", block, shell.output()).isZero();
    }
    assertThat(site.get().folder().resolve("orders.ndjson.gz")).isRegularFile();
    try (var store = site.get().rows()) {
      assertThat(store.count()).isEqualTo(EVENTS);
    }
  }

  @Test
  void events_are_listed_over_pages_and_shown_by_their_id() {
    List<String> all = listed("--limit", "5000", "--oldest-first");
    assertThat(all).hasSize(EVENTS).doesNotHaveDuplicates();
    assertThat(all.getFirst()).startsWith("{\"id\":1,");
    assertThat(listed("--limit", "5000")).isEqualTo(all.reversed());
    assertThat(command(0, "list").lines())
        .hasSize(51)
        .last()
        .isEqualTo("there may be more; --limit shows more of them");
    assertThat(command(0, "list", "--type", "nobody's").lines()).containsExactly("no events");

    String id = ConsumerApi.tree(all.get(6)).get("event_id").asText();
    assertThat(command(0, "show", "--json", id).lines()).containsExactly(all.get(6));
    assertThat(command(0, "show", id).output()).contains("event id  " + id);
    assertThat(command(1, "show", "no-such").lines())
        .containsExactly("no event has the id no-such");
    assertThat(command(2, "list", "--since", "yesterday").output()).contains("since must be");
  }

  @Test
  void an_export_is_what_was_sent_and_a_store_that_has_it_takes_it_for_repeats()
      throws IOException {
    Path file = site.get().folder().resolve("all.ndjson");
    assertThat(command(0, "export", "--out", "all.ndjson").lines())
        .containsExactly("exported 2,500 events");
    assertThat(file).content().hasLineCount(EVENTS);
    assertThat(command(1, "export", "--out", "all.ndjson").output()).contains("--force replaces");

    Child again = site.get().start(Service.PROPAGATOR, Map.of(), "replay", "all.ndjson");
    assertThat(again.waitFor(PATIENCE)).as(again.output()).isZero();
    assertThat(again.output()).contains("2,500 duplicates");

    command(0, "export", "--stored", "--out", "stored.ndjson");
    assertThat(Files.readAllLines(site.get().folder().resolve("stored.ndjson")))
        .isEqualTo(listed("--limit", "5000", "--oldest-first"));
  }

  @Test
  void a_tail_tells_what_was_stored_and_what_is_stored_while_it_looks_and_outlives_a_restart() {
    int half = EVENTS / 2;
    Child tail =
        site.get()
            .start(
                Service.CONSUMER,
                Map.of(),
                "tail",
                "--from",
                "start",
                "--json",
                "--limit",
                String.valueOf(EVENTS + 10));
    Waiting.until("half is told", PATIENCE, () -> tail.lines().size() > half);
    consumer.kill();
    consumer = site.get().consumer();
    site.get().awaitReady(consumer, PATIENCE);
    Waiting.until("all are told", PATIENCE, () -> told(tail).size() >= EVENTS);
    Child replay = site.get().start(Service.PROPAGATOR, Map.of(), "replay", "more.json");

    assertThat(replay.waitFor(PATIENCE)).as(replay.output()).isZero();
    assertThat(tail.waitFor(PATIENCE)).as(tail.output()).isZero();
    assertThat(told(tail)).isEqualTo(listed("--limit", "5000", "--oldest-first"));
  }

  private static List<String> told(Child tail) {
    return tail.lines().stream().filter(line -> line.startsWith("{")).toList();
  }

  @Test
  void nobody_there_and_a_wrong_password_are_told_apart() {
    assertThat(
            site.get()
                .start(Service.CONSUMER, Map.of("SERVICE_PASSWORD", "another-password"), "list")
                .waitFor(PATIENCE))
        .isEqualTo(77);
    consumer.kill();
    assertThat(command(69, "list").lines())
        .singleElement()
        .asString()
        .endsWith("nothing accepts the connection; is event-consumer running?");
  }
}
