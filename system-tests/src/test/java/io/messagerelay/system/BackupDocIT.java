package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The commands of {@code docs/backup-and-restore.md} on the embedded store and the spool, run as
 * they stand while clients post and events are relayed, and what is there after a restore.
 */
final class BackupDocIT {
  static final String PAGE = "docs/backup-and-restore.md";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int EVENTS = 40;

  /** Fewer a second than are taken, so that some always wait. */
  private static final Map<String, String> SLOWLY = Map.of("RATE_LIMIT", "150");

  @RegisterExtension final Site site = new Site();

  private DocCommands page;
  private String backUp;
  private String restoreBoth;
  private String restoreSpool;

  @BeforeEach
  void read_page() {
    site.get().writeData(SampleData.keyed(EVENTS).json());
    page = new DocCommands(site.get(), PAGE).inCheckout();
    List<String> blocks = page.blocks();
    assertThat(blocks).hasSize(5); // those for databases have a test of their own
    backUp = blocks.get(0);
    restoreBoth = blocks.get(1);
    restoreSpool = blocks.get(2);
  }

  private Child run(int exitCode, String commands) {
    Child shell = page.run(commands);
    assertThat(shell.waitFor(PATIENCE)).as("%s%n%s", commands, shell.output()).isEqualTo(exitCode);
    return shell;
  }

  private Child consumer() {
    Child consumer = site.get().consumer();
    site.get().awaitReady(consumer, PATIENCE);
    return consumer;
  }

  private Child propagator() {
    return site.get().start(Service.PROPAGATOR, SLOWLY, "run");
  }

  /** Of the books; 0 while there is no spool yet. */
  private long count(String name) {
    Child status = page.run("bin/event-propagator status --lines --spool main");
    status.waitFor(PATIENCE);
    return status.lines().stream()
        .filter(line -> line.startsWith(name + "="))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
        .sum();
  }

  /** What is promised now: taken into the spool and not delivered, or stored. In this order. */
  private Set<String> promised() {
    Set<String> ids = waiting("");
    ids.addAll(stored());
    return ids;
  }

  /**
   * @param setting before the command, {@code NAME=value}, or nothing
   */
  private Set<String> waiting(String setting) {
    var ids = new HashSet<String>();
    run(0, setting + " bin/event-propagator spool list --json --limit 1000000").lines().stream()
        .filter(line -> line.startsWith("{"))
        .forEach(line -> ids.add(ConsumerApi.tree(line).get("event_id").asText()));
    return ids;
  }

  private List<String> stored() {
    try (StoredRows rows = site.get().rows()) {
      return rows.rows().stream().map(StoredEvent::eventId).toList();
    }
  }

  private void assertWhole() throws SQLException {
    assertThat(run(0, "bin/event-propagator spool verify").output()).contains("the books balance");
    try (Connection store = DriverManager.getConnection("jdbc:sqlite:" + site.get().storeFile());
        Statement statement = store.createStatement();
        ResultSet found = statement.executeQuery("PRAGMA integrity_check")) {
      assertThat(found.next()).isTrue();
      assertThat(found.getString(1)).isEqualTo("ok");
    }
  }

  @Test
  void what_was_promised_before_the_backup_is_there_once_after_both_are_restored()
      throws Exception {
    Child consumer = consumer();
    Child propagator = propagator();
    Set<String> promised;
    BackedUp before;
    try (var api = new ConsumerApi(site.get().consumerUrl())) {
      String token = api.token(Installation.ACCOUNT, Installation.PASSWORD);
      try (var load = new Load(token, api)) {
        load.begin();
        Waiting.until("some wait", PATIENCE, () -> count("pending") > 100);
        before = BackedUp.look(api);
        promised = promised();
        Child made = run(0, backUp);
        assertThat(made.output()).contains("main: backed up ", "; the copy is sound");
        run(1, backUp); // what is there is not overwritten

        long delivered = count("delivered");
        Waiting.until("more go", PATIENCE, () -> count("delivered") > delivered + 50);
        assertThat(run(75, restoreBoth).output()).contains("another event-propagator (process");
        assertThat(run(75, restoreBoth.lines().skip(1).findFirst().orElseThrow()).output())
            .contains("another process has it open; stop event-consumer first");
        assertThat(load.end()).isNotEmpty();
      }
    }
    propagator.kill();
    consumer.kill();
    int lost = stored().size();

    run(0, restoreBoth);

    assertThat(stored()).hasSizeLessThan(lost);
    consumer();
    Child drained = run(0, "bin/event-propagator spool drain");
    assertThat(drained.lines().getLast()).matches(".* duplicate [1-9].* pending 0");
    assertThat(stored()).doesNotHaveDuplicates().containsAll(promised);
    assertWhole();
    try (var api = new ConsumerApi(site.get().consumerUrl())) {
      before.assertRefused(api);
    }
  }

  @Test
  void a_spool_that_is_put_back_beside_its_store_sends_repeats_and_loses_nothing()
      throws Exception {
    consumer();
    Child propagator = propagator();
    Waiting.until("some wait", PATIENCE, () -> count("pending") > 100);
    Set<String> promised = promised();
    run(0, backUp);
    long delivered = count("delivered");
    Waiting.until("more go", PATIENCE, () -> count("delivered") > delivered + 100);
    propagator.terminate();
    propagator.waitFor(PATIENCE);
    int before = stored().size();
    Set<String> backedUp = waiting("SPOOL_DIR=backups/monday/spool");
    Set<String> repeats = new HashSet<>(backedUp);
    repeats.retainAll(Set.copyOf(stored()));

    Child drained = run(0, restoreSpool);

    assertThat(drained.output()).contains("main: what was there is ");
    assertThat(count("pending")).isZero();
    assertThat(count("dead")).isZero();
    assertThat(repeats).isNotEmpty();
    assertThat(count("duplicate")).isEqualTo(repeats.size());
    assertThat(stored())
        .doesNotHaveDuplicates()
        .containsAll(promised)
        .hasSize(before + backedUp.size() - repeats.size());
    assertWhole();
  }
}
