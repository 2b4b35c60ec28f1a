package io.messagerelay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Looking for events, and at one. */
final class ConsoleEventsIT {
  @TempDir private static Path folder;
  private static RunningConsumer consumer;
  private static Sender sender;
  private BrowserPage browser;
  private Page page;

  @BeforeAll
  static void start() throws IOException {
    consumer = RunningConsumer.startIn(folder);
    sender = new Sender(consumer);
    sender.event("order-17", "order.created", "{\"order\": {\"id\": 17, \"sum\": 1.50}}");
    sender.event("order-18", "order.paid", "{\"order\": {\"id\": 18}, \"tags\": [\"new\"]}");
    sender.event("stock 1/2", "stock.low", "lamp-03 is out of stock");
    sender.send(
        "{\"event_id\": \"keyed\", \"event_type\": \"stock.low\", \"event_payload\": \"p\", \"event_key\": \"customer-7\"}");
  }

  @AfterAll
  static void stop() {
    sender.close();
    consumer.close();
  }

  @BeforeEach
  void open() {
    browser = BrowserPage.open();
    page = browser.page();
    page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
  }

  @AfterEach
  void close() throws IOException {
    browser.keepPicture("events-end");
    browser.close();
  }

  @Test
  void what_is_stored_is_shown_newest_first_and_what_arrives_comes_on_top() {
    Console console = Console.signedInAt(page, consumer, "#/events?q=type:live.* ");
    console.awaitLive();
    sender.event("live-1", "live.one", "p");
    assertThat(console.rows()).hasCount(1);
    sender.event("live-2", "live.two", "p");

    assertThat(console.rows()).hasCount(2);
    assertThat(console.rows().first()).containsText("live-2");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void what_arrives_waits_while_somebody_reads() {
    Console console = Console.signedInAt(page, consumer, "#/events?q=type:wait");
    console.awaitLive();
    sender.event("wait-1", "wait", "p");
    console.row("wait-1").click();
    sender.event("wait-2", "wait", "p");
    sender.event("wait-3", "wait", "p");

    assertThat(console.button("2 new")).isVisible();
    assertThat(console.rows()).hasCount(1);
    console.button("2 new").click();
    assertThat(console.rows()).hasCount(3);
    assertThat(console.rows().first()).containsText("wait-3");
    assertThat(console.detail()).hasCount(0);
  }

  /** Otherwise nobody could hit one, where many arrive. */
  @Test
  void rows_stay_where_they_are_while_the_mouse_moves_over_them() {
    Console console = Console.signedInAt(page, consumer, "#/events?q=type:aim");
    console.awaitLive();
    sender.event("aim-1", "aim", "p");
    BoundingBox row = console.row("aim-1").boundingBox();
    page.mouse().move(row.x + 9, row.y + 9);
    page.mouse().move(row.x + 12, row.y + 12);
    sender.event("aim-2", "aim", "p");
    page.waitForCondition(
        () -> {
          page.mouse().move(row.x + System.nanoTime() % 100, row.y + 12);
          return console.button("1 new").isVisible();
        });

    assertThat(console.rows()).hasCount(2);
    assertThat(console.rows().first()).containsText("aim-2");
    assertThat(console.button("1 new")).hasCount(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "out of STOCK | stock 1/2",
        "type:order.paid | order-18",
        "type:order.* type:none | order-18, order-17",
        "key:customer-7 | keyed",
        "id:order-17 | order-17",
        "'id:\"stock 1/2\"' | stock 1/2",
        "{\"order\": {\"id\": 17}} | order-17",
        "{\"tags\": \"new\"} type:order.* since:10m | order-18",
        "type:order.* until:2020-01-01T00:00:00Z | ''",
      })
  void a_search_finds(String search, String expected) {
    Console console = Console.signedIn(page, consumer);
    assertThat(console.row("order-17")).isVisible();
    console.search(search);

    if (expected.isEmpty()) {
      assertThat(page.getByText("No event matches")).isVisible();
    } else {
      assertThat(console.rows().locator(".id")).hasText(expected.split(", "));
    }
    assertThat(page.url()).contains("q=");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "since:yesterday | since",
        "since:1m since:2m | since: may be given once",
        "{\"order\": | is no JSON object",
        "id:a type:b | id: stands alone",
        "type: | type: needs a value",
      })
  void a_search_that_cannot_be_is_named(String search, String why) {
    Console console = Console.signedIn(page, consumer);
    console.search(search);

    assertThat(page.locator(".events-main [role=alert]").filter(hasText(why))).isVisible();
  }

  private static Locator.FilterOptions hasText(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  @Test
  void an_address_shows_the_same_to_somebody_else() {
    String fragment =
        "#/events?q="
            + Console.encoded("type:order.*")
            + "&live=0&event="
            + Console.encoded("order-17");
    Console console = Console.signedInAt(page, consumer, fragment);

    assertThat(console.detail()).containsText("order.created");
    assertThat(console.rows()).hasCount(2);
    assertThat(page.getByLabel("Search events")).hasValue("type:order.*");
    assertThat(page.getByLabel("follow")).not().isChecked();
    assertThat(console.rows().and(page.locator("[aria-selected=true]"))).containsText("order-17");
  }

  @Test
  void one_event_is_shown_as_a_tree_and_raw_and_can_be_copied() {
    Console console =
        Console.signedInAt(page, consumer, "#/events?event=" + Console.encoded("stock 1/2"));
    assertThat(console.detail().locator("pre")).hasText("lamp-03 is out of stock");
    assertThat(console.detail()).containsText(Pattern.compile("\\d\\d:\\d\\d\\.\\d{6} UTC"));

    console.button("Copy id").click();
    assertThat(copied()).isEqualTo("stock 1/2");

    page.navigate(consumer.url() + "/#/events?event=order-17");
    assertThat(console.detail().locator("json-tree").first()).containsText("sum: 1.50");
    console.button("Raw").click();
    assertThat(console.detail().locator("pre")).hasText("{\"order\": {\"id\": 17, \"sum\": 1.50}}");
    console.button("Copy payload").click();
    assertThat(copied()).isEqualTo("{\"order\": {\"id\": 17, \"sum\": 1.50}}");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void the_copied_command_reads_the_event_when_it_is_pasted() throws Exception {
    String id = "it's \"one\" $(id) é";
    sender.event(id, "shell", "read by a shell");
    Console console = Console.signedInAt(page, consumer, "#/events?event=" + Console.encoded(id));
    console.button("Copy curl").click();

    String command = copied();
    assertThat(command).doesNotContain(RunningConsumer.PASSWORD);
    Shell shell = Shell.in(folder);
    assertThat(shell.run(command)).contains("\"payload\":\"read by a shell\"");
    assertThat(shell.run("token=mine\n" + command)).contains("\"status\":401");
  }

  private String copied() {
    assertThat(page.getByRole(AriaRole.STATUS).filter(hasText("Copied")).first()).isAttached();
    return (String) page.evaluate("navigator.clipboard.readText()");
  }

  @Test
  void the_keyboard_does_all_of_it() {
    Console console = Console.signedIn(page, consumer);
    assertThat(console.row("order-17")).isVisible();

    page.keyboard().press("/");
    assertThat(page.getByLabel("Search events")).isFocused();
    page.keyboard().type("type:order.*");
    page.keyboard().press("Enter");
    assertThat(console.rows()).hasCount(2);
    page.keyboard().press("Escape");
    page.keyboard().press("j");
    page.keyboard().press("j");
    page.keyboard().press("Enter");
    assertThat(console.detail()).containsText("order-17");
    page.keyboard().press("k");
    assertThat(console.detail()).containsText("order-18");
    page.keyboard().press("Escape");
    assertThat(console.detail()).hasCount(0);
    assertThat(page.locator(".rows-all")).isFocused();
  }

  @Test
  void the_help_tells_how_to_search() throws IOException {
    Console console = Console.signedIn(page, consumer);
    console.button("How to search").click();

    assertThat(page.getByText("of all types that begin so")).isVisible();
    browser.keepPicture("search-help");
  }

  @Test
  void back_leads_to_what_was_shown_before() {
    Console console = Console.signedIn(page, consumer);
    console.search("type:order.*");
    assertThat(console.rows()).hasCount(2);
    console.row("order-17").click();
    assertThat(console.detail()).isVisible();

    page.goBack();
    assertThat(console.detail()).hasCount(0);
    page.goBack();
    assertThat(page.getByLabel("Search events")).hasValue("");
    assertThat(console.row("stock 1/2")).isVisible();
  }
}
