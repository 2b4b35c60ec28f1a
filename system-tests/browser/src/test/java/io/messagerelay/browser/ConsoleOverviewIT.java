package io.messagerelay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the service stands, as the page tells it. */
final class ConsoleOverviewIT {
  private static final Pattern TIME = Pattern.compile("[\\d.]+ (µs|ms|s)");

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

  /** Its own books and the page say the same, while it sends and when it has ended. */
  @Test
  void figures_are_those_of_services_that_run() throws IOException {
    RunningPropagator propagator = RunningPropagator.startIn(folder, consumer);
    try (propagator;
        Sender sender = new Sender(consumer)) {
      Console.signedInAt(page, consumer, "#/overview");
      IntStream.range(0, 20).forEach(_ -> sender.send("{\"event_payload\": \"no type\"}"));

      assertThat(page.locator("h1")).containsText("ready");
      assertThat(figure("stored")).hasText(Pattern.compile("[1-9]\\d*\\.\\d /s"));
      assertThat(figure("refused")).hasText(Pattern.compile("[1-9]\\.\\d /s"));
      assertThat(figure("commit p50")).hasText(TIME);
      assertThat(figure("commit p99")).hasText(TIME);
      assertThat(figure("queue")).hasText(Pattern.compile("\\d+ .*"));
      assertThat(figure("backlog")).hasText(Pattern.compile("\\d+.*"));
      assertThat(row().locator("th")).hasText(Pattern.compile("\\S+/main"));
      assertThat(row().locator("td").last()).hasText(Pattern.compile("\\d+ s ago"));
      assertThat(page.locator(".charts canvas")).hasCount(2);
      assertThat(page.getByLabel("Stored a second in the last ten minutes")).isVisible();
    }
    assertStored(400 + propagator.told("delivered"));
    assertThat(figure("stored")).hasText("0.0 /s");
    assertThat(row().locator("td").last()).hasText(Pattern.compile("\\d+ (s|min) ago"));
    assertThat(browser.complaints()).isEmpty();
  }

  private void assertStored(long number) {
    String label = String.format(Locale.ENGLISH, "%,d events stored in 24 hours", number);
    assertThat(page.getByLabel(label)).isVisible();
  }

  private Locator row() {
    return page.getByLabel("Propagators").locator("tbody tr").first();
  }

  @Test
  void a_restart_is_seen_and_what_waited_meanwhile() throws IOException {
    RunningPropagator propagator = RunningPropagator.startIn(folder, consumer);
    try (propagator) {
      Console.signedInAt(page, consumer, "#/overview");
      assertThat(row()).isVisible();

      int port = consumer.port();
      consumer.close();
      assertThat(page.getByRole(AriaRole.ALERT).first())
          .hasText(
              Pattern.compile(
                  "The state of the service cannot be told: The service cannot be reached\\. What is shown is of \\d\\d:\\d\\d:\\d\\d\\."));
      assertThat(row()).isVisible();
      consumer = RunningConsumer.startIn(folder, port, Map.of());

      assertThat(page.locator("h1")).containsText("ready");
      assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);
      assertThat(row().locator("th")).hasText(Pattern.compile("\\S+/main"));
      assertThat(row().locator("td").last()).hasText(Pattern.compile("\\d+ s ago"));
    }
    assertStored(400 + propagator.told("delivered"));
  }

  @Test
  void a_propagator_that_is_silent_is_shown_with_the_age_of_its_figures() {
    page.route("**/overview", route -> route.fulfill(Overviews.silent()));
    Console.signedInAt(page, consumer, "#/overview");

    assertThat(figure("stored")).hasText("12.5 /s");
    assertThat(figure("commit p50")).hasText("850 µs");
    assertThat(figure("commit p99")).hasText("6.1 ms");
    assertThat(figure("queue")).hasText("1,234 4.0 KiB");
    assertThat(figure("backlog")).hasText("339 oldest 4 min as of 12 min ago");
    assertThat(row().locator("th, td"))
        .hasText(new String[] {"host-a/main", "339", "4 min", "2", "12 min ago"});
    assertThat(page.getByText("is stopped, or does not reach this service")).isVisible();
    assertThat(page.locator(".charts canvas")).hasCount(2);
  }

  /** The chart tells the values where the mouse is. */
  @Test
  void a_chart_tells_its_values() {
    page.route("**/overview", route -> route.fulfill(Overviews.silent()));
    Console.signedInAt(page, consumer, "#/overview");
    Locator chart = page.locator(".charts time-chart").first();
    assertThat(chart.locator("canvas")).isVisible();
    chart.locator(".u-over").hover();

    assertThat(chart.locator(".legend"))
        .hasText(Pattern.compile("stored/s [\\d.]+/s\\s*refused/s [\\d.]+/s\\s*\\d\\d:\\d\\d"));
    page.locator("h1").hover();
    assertThat(chart.locator(".legend b")).hasCount(0);
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
    assertThat(figure("backlog")).hasText("– nothing was reported");
    assertThat(page.getByText("None has reported since this service started, or for an hour."))
        .isVisible();
  }

  @Test
  void the_last_day_is_counted_by_type() {
    Console console = Console.signedInAt(page, consumer, "#/overview");

    assertThat(page.getByLabel("Types").locator("tbody tr").first()).containsText("order.paid300");
    assertStored(400);
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
