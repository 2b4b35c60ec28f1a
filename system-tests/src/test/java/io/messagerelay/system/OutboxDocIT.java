package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.servers.TestDatabase;
import io.messagerelay.servers.TestPostgres;
import io.messagerelay.servers.TestPostgresDatabase;
import io.messagerelay.servers.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What docs/relaying-an-outbox.md tells to type. */
final class OutboxDocIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @RegisterExtension final Site site = new Site();

  @Test
  void the_page_leads_from_a_transaction_in_mysql_to_a_stored_event() throws Exception {
    try (TestDatabase database = TestServer.shared().newDatabase()) {
      followThePage(OutboxPlace.in(database), 0);
    }
  }

  @Test
  void the_page_leads_from_a_transaction_in_postgresql_to_a_stored_event() throws Exception {
    try (TestPostgresDatabase database = TestPostgres.shared().newDatabase()) {
      followThePage(OutboxPlace.in(database), 1);
    }
  }

  private void followThePage(OutboxPlace place, int transaction) throws Exception {
    place.makeTables();
    place.execute(
        "CREATE TABLE orders (number VARCHAR(20), customer VARCHAR(20), total DECIMAL(9, 2))");
    place.execute(blocks("sql").get(transaction));
    Installation both = site.get();
    both.writeDotEnv(account() + here(blocks("ini").getFirst(), place));
    both.awaitReady(both.consumer(), PATIENCE);
    var page = page();
    List<String> commands = page.blocks();
    assertThat(commands).hasSize(2);

    Child check = page.run(commands.getFirst());
    assertThat(check.waitFor(PATIENCE)).as(check.output()).isZero();
    assertThat(check.output()).contains("ok    outbox     table outbox of " + place.url());

    Child run = page.run("exec " + commands.getLast());
    try (var store = both.rows()) {
      Waiting.until("the event is stored", PATIENCE, () -> store.count() == 1);
      assertThat(store.rows().getFirst().content().type()).isEqualTo("order.created");
      assertThat(store.rows().getFirst().content().payload()).contains("A-4711");
    }
    run.terminate();
    assertThat(run.waitFor(PATIENCE)).as(run.output()).isZero();
  }

  @Test
  void a_table_of_another_form_is_mapped_and_marked_as_the_page_says() throws Exception {
    try (TestPostgresDatabase database = TestPostgres.shared().newDatabase()) {
      OutboxPlace place = OutboxPlace.in(database);
      place.makeTables();
      place.execute(
          "CREATE TABLE messages (message_id uuid PRIMARY KEY, type text, payload jsonb,"
              + " aggregate_id text, done_at timestamptz)");
      place.execute(blocks("sql").getLast().replace("outbox", "messages"));
      site.get().writeDotEnv(account() + here(String.join("\n", blocks("ini")), place));

      var page = page();
      Child check = page.run(page.blocks().getFirst());

      assertThat(check.waitFor(PATIENCE)).isEqualTo(69); // there is no consumer
      assertThat(check.output()).contains("ok    outbox     table messages of " + place.url());
    }
  }

  @Test
  void a_start_without_the_tables_says_how_to_make_them_and_one_without_a_login_that()
      throws Exception {
    try (TestPostgresDatabase database = TestPostgres.shared().newDatabase()) {
      OutboxPlace place = OutboxPlace.in(database);
      Child run = site.get().start(Service.PROPAGATOR, place.settings("var/spool"), "run");
      assertThat(run.waitFor(PATIENCE)).isEqualTo(69);
      assertThat(run.output()).contains("CREATE TABLE \"outbox\"", "CREATE TABLE \"outbox_lease\"");

      Child refused =
          site.get()
              .start(
                  Service.PROPAGATOR,
                  Map.of(
                      "SOURCE",
                      "outbox",
                      "OUTBOX_URL",
                      place.url(),
                      "OUTBOX_USER",
                      place.user(),
                      "OUTBOX_PASSWORD",
                      "canary-not-this"),
                  "run");
      assertThat(refused.waitFor(PATIENCE)).isEqualTo(77);
      assertThat(refused.output()).contains("OUTBOX_PASSWORD").doesNotContain("canary");
    }
  }

  private String account() {
    return "SERVICE_NAME=%s\nSERVICE_PASSWORD=%s\nCONSUMER_URL=%s\n"
        .formatted(Installation.ACCOUNT, Installation.PASSWORD, site.get().consumerUrl());
  }

  private static String here(String settings, OutboxPlace place) {
    return settings
        .replaceFirst("OUTBOX_URL=.*", "OUTBOX_URL=" + place.url())
        .replaceFirst("OUTBOX_USER=.*", "OUTBOX_USER=" + place.user())
        .replaceFirst("OUTBOX_PASSWORD=.*", "OUTBOX_PASSWORD=" + place.password());
  }

  private DocCommands page() {
    return new DocCommands(site.get(), "docs/relaying-an-outbox.md").inCheckout();
  }

  private List<String> blocks(String language) {
    String text = new DocCommands(site.get(), "docs/relaying-an-outbox.md").text();
    return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .toList();
  }
}
