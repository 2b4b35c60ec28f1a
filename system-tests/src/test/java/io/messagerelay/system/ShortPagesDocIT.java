package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands of pages that have few of them. */
final class ShortPagesDocIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int EVENTS = 20;
  private static final Pattern JSON = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
  private static final Pattern TOKEN = Pattern.compile("\"access_token\" *: *\"([^\"]+)\"");

  @RegisterExtension final Site site = new Site();

  private DocCommands page(String name) {
    return new DocCommands(site.get(), name);
  }

  private Child started(Map<String, String> settings) throws IOException {
    Installation both = site.get();
    Files.writeString(both.folder().resolve("events.json"), SampleData.keyed(EVENTS).json());
    Child consumer = both.start(Service.CONSUMER, settings, "run");
    both.awaitReady(consumer, PATIENCE);
    Child replay = both.start(Service.PROPAGATOR, Map.of(), "replay", "events.json");
    assertThat(replay.waitFor(PATIENCE)).as(replay.output()).isZero();
    return consumer;
  }

  private String run(DocCommands page, String block, Map<String, String> environment) {
    Child shell = page.run(block, environment);
    assertThat(shell.waitFor(PATIENCE)).as("%s%n%s", block, shell.output()).isZero();
    return shell.output();
  }

  @Test
  void operations() throws IOException {
    var admin = Map.of("SERVICE_SCOPES", "events:read events:write events:admin");
    Child consumer = started(admin);
    DocCommands page = page("docs/operations.md").inCheckout();
    List<String> blocks = page.blocks();
    assertThat(blocks).hasSize(3);

    var answer = TOKEN.matcher(run(page, blocks.get(2), Map.of()));
    assertThat(answer.find()).isTrue();
    assertThat(run(page, blocks.get(0), Map.of("TOKEN", answer.group(1))))
        .contains("io.messagerelay.consumer.http", "DEBUG");

    var retention =
        Map.of("RETENTION_COUNT", "5", "RETENTION_ARCHIVE_DIR", "archive", "LOG_EVENTS", "false");
    Child pass = site.get().start(Service.CONSUMER, retention, "retention");
    assertThat(pass.waitFor(PATIENCE)).as(pass.output()).isZero();
    try (var store = site.get().rows()) {
      assertThat(store.rows()).hasSize(5);
      run(page, blocks.get(1), Map.of());
      assertThat(store.rows()).hasSize(EVENTS);
    }
    assertThat(consumer.alive()).isTrue();
  }

  @Test
  void reading_as_a_stream() throws IOException {
    started(Map.of());
    DocCommands page = page("docs/reading-as-a-stream.md");
    List<String> blocks = page.blocks();
    assertThat(blocks).hasSize(2);
    String type = typeOfTheFirst();
    Map<String, String> token = new HashMap<>();
    try (var api = new ConsumerApi(site.get().consumerUrl())) {
      token.put("TOKEN", api.token(Installation.ACCOUNT, Installation.PASSWORD));
    }

    run(page, blocks.get(0).replace("order.created", type), token);
    assertThat(site.get().folder().resolve("events.ndjson")).content().contains(type);

    try (Child follower = page.run(blocks.get(1).replace("order.created", type), token)) {
      Waiting.until("it has begun", PATIENCE, () -> follower.output().contains("retry: "));
      Child more =
          site.get().start(Service.PROPAGATOR, Map.of(), "replay", "--new-ids", "events.json");
      assertThat(more.waitFor(PATIENCE)).as(more.output()).isZero();
      Waiting.until(
          "what comes is told",
          PATIENCE,
          () -> follower.output().contains("\"type\":\"" + type + "\""));
    }
  }

  private String typeOfTheFirst() {
    try (var store = site.get().rows()) {
      return store.rows().getFirst().content().type();
    }
  }

  @Test
  void schemas() throws IOException {
    DocCommands page = page("docs/schemas.md").inCheckout();
    Path types = Files.createDirectories(site.get().folder().resolve("schemas/types"));
    var schema = JSON.matcher(page.text());
    assertThat(schema.find()).isTrue();
    Files.writeString(types.resolve("order.created.json"), schema.group(1));
    Files.writeString(
        site.get().folder().resolve("events.json"),
        """
        {"event_type":"order.created","event_payload":{"number":"A-1","total":12.5}}
        """);

    assertThat(page.blocks()).hasSize(1);
    run(page, page.blocks().getFirst(), Map.of());
    Files.writeString(
        site.get().folder().resolve("events.json"),
        """
        {"event_type":"order.created","event_payload":{"number":"A-1","total":-1}}
        """);
    Child refused = page.run(page.blocks().getFirst());
    assertThat(refused.waitFor(PATIENCE)).isEqualTo(1);
    assertThat(refused.output()).contains("/event_payload/total must have a minimum value of 0");
  }
}
