package io.messagerelay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the service stands, as the page tells it. */
final class ConsoleOverviewIT {
  @TempDir private Path folder;
  private RunningConsumer consumer;
  private BrowserPage browser;
  private Page page;

  @BeforeEach
  void open() throws IOException {
    consumer = RunningConsumer.startIn(folder);
    browser = BrowserPage.open();
    page = browser.page();
    try (Sender sender = new Sender(consumer)) {
      sender.events("paid-", 300, "order.paid");
      sender.events("low-", 100, "stock.low");
    }
  }

  @AfterEach
  void close() throws IOException {
    browser.keepPicture("overview-end");
    browser.close();
    consumer.close();
  }

  @Test
  void figures_propagators_and_the_last_ten_minutes_are_shown() {
    page.route("**/overview", route -> route.fulfill(Overviews.working()));
    Console.signedInAt(page, consumer, "#/overview");

    assertThat(page.locator("h1")).containsText("ready");
    assertThat(figure("stored")).hasText("12.5 /s");
    assertThat(figure("commit p50")).hasText("850 µs");
    assertThat(figure("commit p99")).hasText("6.1 ms");
    assertThat(figure("queue")).hasText("1,234 4.0 KiB");
    assertThat(figure("backlog")).hasText("339 oldest 4 min");
    assertThat(page.getByLabel("Propagators").locator("tbody tr").first())
        .containsText("host-a/main");
    assertThat(page.locator(".charts canvas")).hasCount(2);
    assertThat(browser.complaints()).isEmpty();
  }

  private Locator figure(String name) {
    return page.locator(".figures > div")
        .filter(
            new Locator.FilterOptions()
                .setHas(page.getByText(name, new Page.GetByTextOptions().setExact(true))))
        .locator("dd");
  }

  @Test
  void a_service_that_is_not_ready_and_has_committed_nothing_is_shown_as_such() {
    page.route("**/overview", route -> route.fulfill(Overviews.idle()));
    Console.signedInAt(page, consumer, "#/overview");

    assertThat(page.locator("h1")).containsText("not ready: the store cannot commit");
    assertThat(figure("commit p50")).hasText("–");
    assertThat(page.getByText("None has reported.")).isVisible();
  }

  @Test
  void the_last_day_is_counted_by_type() {
    Console console = Console.signedInAt(page, consumer, "#/overview");

    assertThat(page.getByLabel("Types").locator("tbody tr").first()).containsText("order.paid300");
    assertThat(page.getByLabel("400 events stored in 24 hours")).isVisible();
    page.getByText("stock.low").click();
    assertThat(console.row("low-99")).isVisible();
    assertThat(console.row("paid-299")).hasCount(0);
  }

  @Test
  void an_overview_that_cannot_be_had_is_said_to_be() {
    page.route(
        "**/overview",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(503)
                    .setContentType("application/problem+json")
                    .setBody("{\"title\":\"The store cannot commit\"}")));
    Console.signedInAt(page, consumer, "#/overview");

    assertThat(
            page.getByText("The state of the service cannot be told: 503: The store cannot commit"))
        .isVisible();
    assertThat(page.getByLabel("Types")).isVisible();
  }
}
