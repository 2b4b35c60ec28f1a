package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.servers.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands of {@code docs/backup-and-restore.md} for a store in a database, as they stand. */
final class BackupOfDatabaseDocIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static TestServer server;

  @RegisterExtension final Site site = Site.on(() -> server);

  @BeforeAll
  static void start() {
    server = TestServer.own();
  }

  @AfterAll
  static void end() {
    server.close();
  }

  private Child run(int exitCode, DocCommands page, String commands) {
    Map<String, String> more = new HashMap<>(site.get().storeSettings());
    Path programs = server.clientPrograms(site.get().folder().resolve("programs"));
    more.put("PATH", programs + ":" + System.getenv("PATH"));
    Child shell = page.run(commands, more);
    assertThat(shell.waitFor(PATIENCE)).as("%s%n%s", commands, shell.output()).isEqualTo(exitCode);
    return shell;
  }

  private List<String> stored() {
    try (StoredRows rows = site.get().rows()) {
      return rows.rows().stream().map(StoredEvent::eventId).toList();
    }
  }

  @Test
  void what_was_stored_before_the_dump_is_there_once_after_it_is_loaded() throws Exception {
    DocCommands page = new DocCommands(site.get(), BackupDocIT.PAGE).inCheckout();
    String dump = page.blocks().get(3);
    String load = page.blocks().get(4);
    Child consumer = site.get().consumer();
    site.get().awaitReady(consumer, PATIENCE);
    run(0, page, "mkdir -p backups/monday");
    Set<String> promised;
    BackedUp before;
    try (var api = new ConsumerApi(site.get().consumerUrl())) {
      String token = api.token(Installation.ACCOUNT, Installation.PASSWORD);
      try (var writers = new Load(token, api)) {
        writers.begin();
        Waiting.until("some are stored", PATIENCE, () -> stored().size() > 200);
        before = BackedUp.look(api);
        promised = Set.copyOf(stored());
        run(0, page, dump);
        int dumped = stored().size();
        Waiting.until("more are stored", PATIENCE, () -> stored().size() > dumped + 50);
        assertThat(run(75, page, "bin/event-consumer new-identity").output())
            .contains("stop every event-consumer on it first");
        assertThat(run(1, page, "bin/event-consumer backup backups/x.db").output())
            .contains("mysqldump --host=127.0.0.1");
        assertThat(writers.end()).isNotEmpty();
      }
    }
    consumer.kill();
    int lost = stored().size();
    String database = site.get().storeSettings().get("MYSQL_DATABASE");
    server.administer("DROP DATABASE " + database);
    server.administer("CREATE DATABASE " + database);

    run(0, page, load);

    assertThat(stored()).doesNotHaveDuplicates().containsAll(promised).hasSizeLessThan(lost);
    site.get().awaitReady(site.get().consumer(), PATIENCE);
    try (var api = new ConsumerApi(site.get().consumerUrl())) {
      before.assertRefused(api);
      String token = api.token(Installation.ACCOUNT, Installation.PASSWORD);
      assertThat(api.post(token, Posts.of(List.of("after"), "x")).statusCode()).isEqualTo(201);
    }
  }
}
