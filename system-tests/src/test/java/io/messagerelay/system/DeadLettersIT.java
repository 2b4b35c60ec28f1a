package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands that look into spools and change them, beside a run and without one. */
final class DeadLettersIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String OURS =
      "{\"event_id\": \"order-1\", \"event_type\": \"order.created\", \"event_payload\": \"ours\"}";
  private static final String THEIRS = OURS.replace("ours", "another");

  @RegisterExtension final Site site = new Site();

  private Child command(int exitCode, String... words) {
    Child command = site.get().start(Service.PROPAGATOR, Map.of(), words);
    assertThat(command.waitFor(PATIENCE)).as(command.output()).isEqualTo(exitCode);
    return command;
  }

  private Map<String, Long> books() {
    return command(0, "status", "--lines").lines().stream()
        .map(line -> line.split("=", 2))
        .filter(pair -> pair[1].matches("\\d+"))
        .collect(Collectors.toMap(pair -> pair[0], pair -> Long.parseLong(pair[1])));
  }

  private static void assertBalanced(Map<String, Long> books) {
    assertThat(
            Stream.of("delivered", "duplicate", "dead", "discarded", "pending")
                .mapToLong(books::get)
                .sum())
        .as(books.toString())
        .isEqualTo(books.get("taken"));
  }

  /** A run that takes one event, which the consumer refuses: it has another under the same id. */
  private Child runWithConflict(Child consumer) throws IOException {
    site.get().writeData("[" + OURS + "]");
    site.get().awaitReady(consumer, PATIENCE);
    try (var api = new ConsumerApi(site.get().consumerUrl())) {
      api.post(api.token(Installation.ACCOUNT, Installation.PASSWORD), THEIRS);
    }
    Child propagator =
        site.get().start(Service.PROPAGATOR, Map.of("SCHEDULER_INTERVAL", "3600"), "run");
    Waiting.until(
        "the event is refused",
        PATIENCE,
        () -> propagator.output().contains("dead letter order-1"));
    return propagator;
  }

  @Test
  void a_refused_event_is_looked_at_resent_and_delivered_while_the_run_goes_on()
      throws IOException {
    Child consumer = site.get().consumer();
    Child propagator = runWithConflict(consumer);

    assertThat(command(0, "dead-letters", "list").lines())
        .singleElement()
        .asString()
        .matches("main:1  \\S+Z  order-1  order.created  data.json\\[0\\]  422 .+");
    assertThat(command(0, "dead-letters", "list", "--json", "--type", "order.created").output())
        .startsWith("{\"spool\":\"main\",\"seq\":1,\"event_id\":\"order-1\"")
        .doesNotContain("ours");
    assertThat(command(0, "dead-letters", "list", "--reason", "no such").output())
        .contains("no dead letters");
    assertThat(command(0, "dead-letters", "show", "main:1").lines().getLast()).isEqualTo(OURS);
    assertThat(command(0, "dead-letters", "export").lines()).contains(OURS);
    assertThat(command(1, "dead-letters", "discard", "--id", "order-2", "--yes").output())
        .contains("no dead letter is called order-2");
    assertThat(command(0, "dead-letters", "resend", "--id", "order-1").lines())
        .containsExactly(
            "main: would resend 1 dead letter", "nothing was changed; with --yes it is done");
    assertThat(books()).containsEntry("dead", 1L).containsEntry("pending", 0L);

    consumer.kill();
    Child emptyOne =
        site.get().start(Service.CONSUMER, Map.of("STORE_FILE", "var/empty.db"), "run");
    site.get().awaitReady(emptyOne, PATIENCE);
    assertThat(command(0, "dead-letters", "resend", "--id", "order-1", "--yes").output())
        .contains("main: resent 1 dead letter")
        .contains("main: delivered by event-propagator (process ");

    Waiting.until("it is delivered", PATIENCE, () -> books().getOrDefault("delivered", 0L) == 1);
    assertThat(propagator.alive()).isTrue();
    assertBalanced(books());
    try (var api = new ConsumerApi(site.get().consumerUrl())) {
      String token = api.token(Installation.ACCOUNT, Installation.PASSWORD);
      assertThat(api.all(token))
          .singleElement()
          .satisfies(event -> assertThat(event.get("event_id").asText()).isEqualTo("order-1"));
    }
  }

  @Test
  void what_nobody_delivers_is_drained_and_what_dies_again_is_told_by_the_exit_code()
      throws IOException {
    Child consumer = site.get().consumer();
    Child propagator = runWithConflict(consumer);
    assertThat(command(0, "spool", "drain").lines()).containsExactly("nothing waits");
    propagator.kill();
    assertThat(command(0, "dead-letters", "resend", "--all", "--yes").output())
        .contains("event-propagator spool drain --spool main delivers them");

    assertThat(command(3, "spool", "drain", "--spool", "main").lines().getLast())
        .isEqualTo("main: taken 1 = delivered 0 + duplicate 0 + dead 1 + discarded 0 + pending 0");
    Path file = site.get().folder().resolve("dead.ndjson");
    command(0, "dead-letters", "export", "--with-reasons", "--out", file.toString());
    command(1, "dead-letters", "export", "--out", file.toString());
    assertThat(Files.readString(file)).contains("\"status\":422", "ours");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(command(0, "dead-letters", "discard", "--all", "--yes").lines())
        .containsExactly("main: discarded 1 dead letter");
    assertThat(books()).containsEntry("discarded", 1L).containsEntry("dead", 0L);
    assertBalanced(books());
  }

  @Test
  void books_balance_however_often_a_command_is_killed_beside_the_run() {
    long seed = 7;
    var random = new Random(seed);
    site.get().writeData(SampleData.keyed(50).json());
    Child propagator =
        site.get().start(Service.PROPAGATOR, Map.of("SCHEDULER_INTERVAL", "0.001"), "run");
    Waiting.until("many wait", PATIENCE, () -> Taken.in(propagator.output()).size() > 3_000);
    int killed = 0;
    for (int round = 0; round < 8; round++) {
      String[] words =
          round % 2 == 0
              ? new String[] {"spool", "bury", "--all", "--yes"}
              : new String[] {"dead-letters", "resend", "--all", "--yes"};
      Child command = site.get().start(Service.PROPAGATOR, Map.of(), words);
      long end = System.nanoTime() + Duration.ofMillis(300 + random.nextInt(900)).toNanos();
      Waiting.until("some time", PATIENCE, () -> System.nanoTime() - end > 0);
      killed += command.alive() ? 1 : 0;
      command.kill();

      String where = "seed %d, round %d: %s".formatted(seed, round, Arrays.toString(words));
      assertThat(command(0, "spool", "verify").output()).as(where).startsWith("ok    main: ");
      assertBalanced(books());
    }
    assertThat(killed).as("killed, seed " + seed).isPositive();
    assertThat(propagator.alive()).isTrue();

    command(0, "dead-letters", "resend", "--all", "--yes");
    assertThat(command(0, "spool", "bury", "--older-than", "0s", "--yes").output())
        .contains("main: buried ");
    assertThat(books().get("dead")).isGreaterThan(3_000);
    assertBalanced(books());
  }

  @Test
  void a_watch_tells_again_and_again_and_ends_well() throws IOException {
    runWithConflict(site.get().consumer());
    Child watch =
        site.get()
            .start(
                Service.PROPAGATOR, Map.of(), "status", "--watch", "--json", "--interval", "0.2");
    Waiting.until("it has looked thrice", PATIENCE, () -> watch.lines().size() >= 3);
    watch.terminate();

    assertThat(watch.waitFor(PATIENCE)).isZero();
    assertThat(watch.lines()).allMatch(line -> line.startsWith("{\"spools\":[{"));
    assertThat(watch.lines().get(1)).contains("\"delivered_per_second\":0");
  }

  @Test
  void nothing_is_made_where_no_spool_is() {
    for (String words :
        new String[] {"dead-letters list", "spool list", "spool verify", "spool drain"}) {
      assertThat(command(69, words.split(" ")).lines())
          .containsExactly("SPOOL_DIR: var/spool has no spool yet; event-propagator run makes one");
    }
    assertThat(site.get().folder().resolve("var")).doesNotExist();
    for (Service service : Service.values()) {
      Child completion = site.get().startWithOnly(service, Map.of(), "completion");
      assertThat(completion.waitFor(PATIENCE)).isZero();
      assertThat(completion.output())
          .contains("complete -F _complete_" + service.command() + " ", "status");
    }
  }
}
