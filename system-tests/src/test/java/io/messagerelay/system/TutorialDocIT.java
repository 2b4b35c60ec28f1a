package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.servers.TestDatabase;
import io.messagerelay.servers.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every command of {@code docs/tutorial.md}, in the order of the page and with the settings that
 * the page writes. What the page has run in a terminal of its own runs on while the others do.
 */
final class TutorialDocIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String PAGE = "docs/tutorial.md";
  private static final String MAKE_RUN = "make run";
  private static final String CONSUMER = "bin/event-consumer run";
  private static final String PROPAGATOR = "bin/event-propagator run";

  private static TestServer server;
  private static int mysqlPort;

  @RegisterExtension final Site site = new Site();

  private final Map<String, Child> terminals = new LinkedHashMap<>();

  @BeforeAll
  static void start_a_server_with_an_administrator() {
    server = TestServer.own();
    server.administer("CREATE USER tutor IDENTIFIED BY 'secret'");
    server.administer("GRANT ALL ON *.* TO tutor WITH GRANT OPTION");
    try (TestDatabase any = server.newDatabase()) {
      mysqlPort = any.port();
    }
  }

  @AfterAll
  static void end() {
    server.close();
  }

  /** With commands of its own, since some of them go to the folder that they stand in. */
  @BeforeEach
  void make_the_folder_look_like_a_checkout_that_is_built() throws IOException {
    Path folder = site.get().folder();
    try (Stream<Path> commands = Files.list(Checkout.find().file("bin"))) {
      Files.createDirectory(folder.resolve("bin"));
      for (Path command : commands.toList()) {
        Files.copy(command, folder.resolve("bin").resolve(command.getFileName()));
      }
    }
    for (String name : List.of("Makefile", ".env.example")) {
      Files.copy(Checkout.find().file(name), folder.resolve(name));
    }
    for (String name : List.of("event-consumer", "event-propagator", "service-base", "pom.xml")) {
      Files.createSymbolicLink(folder.resolve(name), Checkout.find().file(name));
    }
    Files.createDirectory(folder.resolve("target"));
    Files.createFile(folder.resolve("target/built"));
  }

  @AfterEach
  void end_what_runs() {
    List.copyOf(terminals.keySet()).forEach(this::endTerminal);
  }

  @Test
  void the_page_leads_from_a_checkout_to_a_dead_letter_that_was_mended() {
    Iterator<String> blocks = page().blocks().iterator();

    open(blocks.next(), MAKE_RUN);
    awaitSamples();
    says(run(blocks.next()), "service  ready at ", "events, the last received", "taken ");
    says(run(blocks.next()), "\"event_id\"", "\"received_time\"");
    String replays = run(blocks.next());
    says(replays, "delivered 3 + duplicate 0", "delivered 0 + duplicate 3", "\"lamps: 7\"");
    endTerminal(MAKE_RUN);

    run(blocks.next()); // the database
    run(blocks.next()); // the settings
    open(blocks.next(), CONSUMER);
    says(run(blocks.next()), "ok    outbox     table outbox of mysql://127.0.0.1:");
    open(blocks.next(), PROPAGATOR);
    says(run(blocks.next()), "order.placed", "A-4711");
    assertThat(run(blocks.next())) // keys
        .containsSubsequence("order.placed", "order.paid", "order.sent")
        .doesNotContain("A-4712");

    says(run(blocks.next()), "schemas of schemas: 1 of types");
    open(blocks.next(), CONSUMER);
    open(blocks.next(), PROPAGATOR);
    says(run(blocks.next()), "order-4713", "12.50");
    awaitDeadLetter();
    says(run(blocks.next()), "order-4714", "400 /event_payload/total must have a minimum value");
    says(run(blocks.next()), "order-4714", "-12.50");

    assertThat(blocks.hasNext()).isFalse();
    assertThat(run(mysql("SELECT COUNT(*) FROM outbox")).lines()).last().isEqualTo("0");
    assertThat(run("bin/event-propagator status --lines")).contains("spool=", "pending=0");
  }

  private DocCommands page() {
    return new DocCommands(site.get(), PAGE);
  }

  private static void says(String output, String... parts) {
    assertThat(output).contains(parts);
  }

  /** Lets it run on, in place of the one before it, and waits until it works. */
  private void open(String block, String expected) {
    assertThat(block.strip()).isEqualTo(expected);
    endTerminal(expected);
    Child child = start("exec " + expected);
    terminals.put(expected, child);
    if (expected.equals(PROPAGATOR)) {
      Waiting.until("it relays", PATIENCE, () -> child.output().contains("relaying from "));
    } else {
      site.get().awaitReady(child, PATIENCE);
    }
  }

  /** As Ctrl-C does, for make, too, which hands on only this signal. */
  private void endTerminal(String command) {
    Child child = terminals.remove(command);
    if (child != null) {
      child.terminate();
      child.waitFor(PATIENCE);
    }
  }

  private String run(String block) {
    Child shell = start(block);
    assertThat(shell.waitFor(PATIENCE)).as("%s%n%s", block, shell.output()).isZero();
    return shell.output();
  }

  /** With nothing told but where the servers of this test are: the rest is the page's to say. */
  private Child start(String block) {
    Map<String, String> environment = new HashMap<>();
    environment.put("CONSUMER_PORT", Integer.toString(site.get().port()));
    environment.put("CONSUMER_URL", site.get().consumerUrl().toString());
    environment.put("LOG_FORMAT", "text");
    environment.put("MYSQL_PWD", "secret");
    Path programs = server.clientPrograms(site.get().folder().resolve("programs"));
    environment.put("PATH", programs + ":" + System.getenv("PATH"));
    String here =
        block
            .replace("localhost:8000", "127.0.0.1:" + site.get().port())
            .replace("--port=3306 --user=root", "--port=%d --user=tutor".formatted(mysqlPort))
            .replace("127.0.0.1:3306", "127.0.0.1:" + mysqlPort);
    Path log = site.get().folder().resolve("logs/tutorial-%d.log".formatted(System.nanoTime()));
    return Child.start(List.of("sh", "-euc", here), site.get().folder(), environment, log);
  }

  private static String mysql(String sql) {
    return "mysql --host=127.0.0.1 --port=3306 --user=root --skip-column-names --execute='%s' shop"
        .formatted(sql);
  }

  private void awaitSamples() {
    try (StoredRows store = site.get().rows()) {
      Waiting.until("samples are stored", PATIENCE, () -> store.count() >= 5);
    }
  }

  private void awaitDeadLetter() {
    Waiting.until(
        "the order is refused",
        PATIENCE,
        () -> run("bin/event-propagator dead-letters list").contains("order-4714"));
  }
}
