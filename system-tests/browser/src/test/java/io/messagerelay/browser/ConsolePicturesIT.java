package io.messagerelay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every page as it looks, and what axe finds in it; the pictures are those of the documentation.
 * Its charts are of ten minutes of real traffic, and so is the picture with {@code
 * -Doverview.samples=119}.
 */
final class ConsolePicturesIT {
  /** What the overview shows at least; one is of five seconds. */
  private static final int SAMPLES = Integer.getInteger("overview.samples", 2);

  private static final double PATIENCE_MILLIS = 900_000;

  @TempDir private static Path folder;
  @TempDir private static Path emptyFolder;
  @TempDir private static Path busyFolder;
  private static RunningConsumer consumer;
  private static RunningConsumer empty;
  private static RunningConsumer busy;
  private static Traffic traffic;

  @BeforeAll
  static void start() throws IOException {
    busy = RunningConsumer.startIn(busyFolder);
    traffic = Traffic.startIn(busyFolder, busy);
    empty = RunningConsumer.startIn(emptyFolder);
    consumer = RunningConsumer.startIn(folder);
    try (Sender sender = new Sender(consumer)) {
      for (int i = 1; i <= 40; i++) {
        sender.event(
            "order-" + (1000 + i),
            i % 3 == 0 ? "order.paid" : i % 5 == 0 ? "stock.low" : "order.created",
            "{\"order\": {\"id\": %d, \"customer\": \"C-%d\", \"express\": %s}, \"items\": [{\"sku\": \"lamp-03\", \"count\": %d}, {\"sku\": \"cup-blue\", \"count\": 2}], \"sum\": %d.50}"
                .formatted(1000 + i, 20_900 + i * 7 % 40, i % 4 == 0, i % 6 + 1, 20 + i * 13 % 90));
      }
      sender.send("{\"event_id\": \"order-1041\", \"event_type\": 17, \"event_payload\": \"p\"}");
      sender.send("{\"event_type\": \"order.created\", \"payload\": \"p\"}");
    }
  }

  @AfterAll
  static void stop() {
    traffic.close();
    busy.close();
    consumer.close();
    empty.close();
  }

  @ParameterizedTest
  @CsvSource({"light, LIGHT, 1100, 640", "dark, DARK, 1100, 640", "narrow, LIGHT, 400, 800"})
  void axe_finds_nothing(String name, ColorScheme scheme, int width, int height)
      throws IOException {
    try (BrowserPage browser =
        BrowserPage.open(
            new Browser.NewContextOptions()
                .setColorScheme(scheme)
                .setViewportSize(width, height))) {
      Page page = browser.page();
      page.navigate(consumer.url());
      assertThat(page.getByLabel("Password")).isVisible();
      look(browser, "sign-in-" + name);

      Console console = Console.signedIn(page, consumer);
      console.awaitLive();
      assertThat(console.row("order-1040")).isVisible();
      look(browser, "list-" + name);
      console.button("How to search").click();
      look(browser, "help-" + name);
      console.button("How to search").click();
      console.row("order-1040").click();
      assertThat(console.detail().locator("json-tree").first()).isVisible();
      look(browser, "events-" + name);
      console.button("Raw").click();
      console.button("Erase …").click();
      look(browser, "erase-" + name);
      console.button("Keep it").click();
      page.navigate(consumer.url() + "/#/refusals");
      assertThat(page.locator(".refusals > li").first()).isVisible();
      look(browser, "refused-" + name);
      page.navigate(consumer.url() + "/#/send");
      console.button("Send").click();
      assertThat(page.locator(".answer")).isVisible();
      look(browser, "send-" + name);

      Console.signedInAt(page, busy, "#/overview");
      awaitFigures(page);
      look(browser, "overview-" + name);

      Console first = Console.signedIn(page, empty);
      assertThat(page.getByLabel("Command")).isVisible();
      look(browser, "empty-" + name);
      first.search("type:nothing");
      assertThat(page.getByText("No event matches")).isVisible();
      look(browser, "nothing-" + name);
    }
  }

  private static void awaitFigures(Page page) {
    page.waitForCondition(
        () ->
            (int)
                    page.evaluate(
                        "document.querySelector('overview-view').overview?.samples.length ?? 0")
                >= SAMPLES,
        new Page.WaitForConditionOptions().setTimeout(PATIENCE_MILLIS));
    assertThat(page.locator(".charts canvas")).hasCount(2);
    assertThat(page.getByLabel("Types")).containsText("order.created");
    assertThat(page.getByLabel("Propagators")).containsText("/main");
    assertThat(page.locator(".figures")).not().containsText("stored0.0");
    assertThat(page.locator(".figures")).not().containsText("–");
  }

  /** Nothing is wider than the window, either. */
  private static void look(BrowserPage browser, String name) throws IOException {
    browser.keepPicture(name);
    AxeResults found = new AxeBuilder(browser.page()).analyze();
    assertThat(found.getViolations()).as(name).isEmpty();
    assertThat(
            (boolean) browser.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .as(name)
        .isTrue();
  }
}
