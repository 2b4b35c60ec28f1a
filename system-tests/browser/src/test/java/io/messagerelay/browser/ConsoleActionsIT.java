package io.messagerelay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the console does besides showing: send, refuse, erase, export. */
final class ConsoleActionsIT {
  private static final Map<String, String> ADMIN =
      Map.of("SERVICE_SCOPES", "events:read events:write events:admin");

  @TempDir private Path folder;
  private RunningConsumer consumer;
  private BrowserPage browser;
  private Page page;

  @BeforeEach
  void open() throws IOException {
    consumer = RunningConsumer.startIn(folder, RunningConsumer.freePort(), ADMIN);
    browser = BrowserPage.open();
    page = browser.page();
  }

  @AfterEach
  void close() throws IOException {
    browser.keepPicture("actions-end");
    browser.close();
    consumer.close();
  }

  private void store(String... ids) {
    try (Sender sender = new Sender(consumer)) {
      for (String id : ids) {
        sender.event(id, "order.created", "the payload of " + id);
      }
    }
  }

  /** The command is run as it is shown, where bin/dotenv finds the password. */
  @Test
  void an_empty_store_shows_the_command_that_stores_the_first_event() throws Exception {
    Console console = Console.signedIn(page, consumer);
    console.awaitLive();
    browser.keepPicture("empty");
    String command = page.getByLabel("Command").textContent();
    assertThat(command)
        .contains(consumer.url() + "/token", "username=" + RunningConsumer.ACCOUNT)
        .doesNotContain(RunningConsumer.PASSWORD);

    assertThat(Shell.in(folder).run(command)).contains("\"status\":\"success\"");
    assertThat(console.row("order 1001: 2 blue cups")).isVisible();
  }

  @Test
  void an_event_is_sent_and_its_answer_shown() {
    Console console = Console.signedIn(page, consumer);
    console.view("Send");
    field("Type").fill("order.paid");
    field("Payload").fill("order 7");
    field("Id").fill("order-7");
    console.button("Send").click();

    assertThat(page.locator(".answer h2")).containsText("201");
    assertThat(page.locator(".answer")).containsText("/event/order-7");
    assertThat(page.locator(".answer pre")).containsText("\"event_id\":\"order-7\"");
    page.getByText("Look at it among the events").click();
    assertThat(console.detail()).containsText("order 7");
  }

  @Test
  void a_bad_event_is_sent_too_and_seen_among_the_refused() throws IOException {
    Console console = Console.signedIn(page, consumer);
    console.view("Send");
    field("Id").fill("bad-1");
    field("Payload").fill("{\"order\": }");
    page.getByText("the payload is a JSON value").click();
    console.button("Send").click();

    assertThat(page.locator(".answer h2")).containsText("400");
    assertThat(page.locator(".answer")).containsText("application/problem+json");
    assertThat(page.locator(".answer pre")).containsText("\"status\":400");
    browser.keepPicture("bad-event");
    page.getByText("the payload is a JSON value").click();
    console.button("Send").click();
    assertThat(page.locator(".answer pre")).containsText("/event_type");

    console.view("Refused");
    Locator refused = page.locator(".refusals > li").filter(text("bad-1")).first();
    assertThat(refused.locator(".reasons")).containsText("/event_type");
    refused.getByText("What came").click();
    assertThat(refused.locator("pre")).containsText("bad-1");
  }

  private Locator field(String label) {
    return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
  }

  private static Locator.FilterOptions text(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  @Test
  void an_event_is_erased_after_a_question_and_a_login_of_its_own() throws IOException {
    store("kept", "personal");
    Console console = Console.signedInAt(page, consumer, "#/events?event=personal");
    assertThat(console.detail()).containsText("the payload of personal");

    console.button("Erase …").click();
    browser.keepPicture("erase");
    console.button("Keep it").click();
    assertThat(console.detail()).containsText("the payload of personal");

    console.button("Erase …").click();
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    assertThat(dialog.getByLabel("Account")).hasValue(RunningConsumer.ACCOUNT);
    dialog.getByLabel("Password").fill("wrong");
    console.button("Erase for good").click();
    assertThat(dialog.getByRole(AriaRole.ALERT)).containsText("401");
    dialog.getByLabel("Password").fill(RunningConsumer.PASSWORD);
    console.button("Erase for good").click();

    assertThat(console.detail()).containsText("Its payload, key and trace context are gone.");
    assertThat(console.row("personal")).containsText("erased");
    assertThat(console.row("kept")).containsText("the payload of kept");
  }

  @Test
  void what_is_found_is_downloaded_whole() throws IOException {
    store("one", "two", "three");
    page.addInitScript("delete window.showSaveFilePicker");
    Console console =
        Console.signedInAt(page, consumer, "#/events?q=" + Console.encoded("payload of t"));

    Download download = page.waitForDownload(() -> console.button("Export").click());

    assertThat(download.suggestedFilename()).isEqualTo("events.ndjson");
    assertThat(Files.readAllLines(download.path()))
        .satisfiesExactly(
            line -> assertThat(line).contains("\"event_id\":\"two\""),
            line -> assertThat(line).contains("\"event_id\":\"three\""));
    assertThat(page.locator("export-button .note")).containsText("downloaded");
  }

  /** The file is one that the page may have without asking, in place of the one a person picks. */
  @Test
  void where_a_browser_can_write_to_a_file_the_export_goes_there() {
    try (Sender sender = new Sender(consumer)) {
      sender.events("e-", 3_000, "mass");
    }
    page.addInitScript(
        """
        window.showSaveFilePicker = async ({suggestedName}) =>
          (await navigator.storage.getDirectory()).getFileHandle(suggestedName, {create: true})
        """);
    Console console = Console.signedIn(page, consumer);
    console.button("Export").click();
    assertThat(page.locator("export-button .note")).containsText("saved");

    Object lines =
        page.evaluate(
            """
            async () => {
              const folder = await navigator.storage.getDirectory();
              const file = await (await folder.getFileHandle('events.ndjson')).getFile();
              return (await file.text()).trim().split('\\n').length;
            }
            """);
    assertThat(lines).isEqualTo(3_000);
  }

  /** The answer has no end, and 8 MiB in each piece. */
  @Test
  void an_export_that_is_too_large_for_memory_is_ended_and_said_to_be() {
    store("one");
    page.addInitScript(
        """
        delete window.showSaveFilePicker;
        const real = window.fetch;
        const endless = () => new ReadableStream({pull: piece => piece.enqueue(new Uint8Array(8 << 20))}, {highWaterMark: 0});
        window.fetch = (path, options) =>
          options.headers?.Accept === 'application/x-ndjson' ? Promise.resolve(new Response(endless())) : real(path, options);
        """);
    Console console = Console.signedIn(page, consumer);
    console.button("Export").click();

    assertThat(page.locator("export-button .note"))
        .containsText("More than 128.0 MiB, which is too much for this browser.");
    assertThat(console.button("Export")).isVisible();
  }

  @Test
  void an_export_that_breaks_off_is_said_to_be_a_part() {
    store("one");
    page.addInitScript(
        """
        delete window.showSaveFilePicker;
        const real = window.fetch;
        const broken = () => new ReadableStream({pull: piece => piece.error(new TypeError('network error'))});
        window.fetch = (path, options) =>
          options.headers?.Accept === 'application/x-ndjson' ? Promise.resolve(new Response(broken())) : real(path, options);
        """);
    Console console = Console.signedIn(page, consumer);
    console.button("Export").click();

    assertThat(page.locator("export-button .note"))
        .hasText("The export broke off; what has come is only a part.");
  }

  @Test
  void a_service_that_is_away_is_said_to_be() {
    store("one");
    page.route(
        url -> url.contains("/event?"),
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(503)
                    .setContentType("application/problem+json")
                    .setBody("{\"title\":\"The store cannot commit\",\"detail\":\"it hangs\"}")));
    Console console = Console.signedInAt(page, consumer, "#/events?live=0");
    assertThat(page.getByText("503: The store cannot commit: it hangs")).isVisible();

    page.unrouteAll();
    console.button("Try again").click();
    assertThat(console.row("one")).isVisible();
  }
}
