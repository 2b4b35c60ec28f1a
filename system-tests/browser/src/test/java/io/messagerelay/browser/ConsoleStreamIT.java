package io.messagerelay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Following over a restart, and masses. */
final class ConsoleStreamIT {
  private static final int MANY = 100_000;

  /** More than the page may take; with all payloads and rows of the masses it would. */
  private static final long MOST_HEAP_BYTES = 60L * 1024 * 1024;

  @TempDir private Path folder;
  private RunningConsumer consumer;
  private BrowserPage browser;
  private Page page;

  @BeforeEach
  void open() throws IOException {
    consumer = RunningConsumer.startIn(folder);
    browser = BrowserPage.open();
    page = browser.page();
  }

  @AfterEach
  void close() throws IOException {
    browser.keepPicture("stream-end");
    browser.close();
    consumer.close();
  }

  @Test
  void nothing_is_missed_or_doubled_when_the_service_was_restarted() throws IOException {
    Console console = Console.signedIn(page, consumer);
    console.awaitLive();
    send("before-", 5);
    assertThat(console.rows()).hasCount(5);

    int port = consumer.port();
    consumer.close();
    assertThat(page.locator(".tail")).hasText("the stream broke off; reconnecting …");
    consumer = RunningConsumer.startIn(folder, port, Map.of());
    send("after-", 7);

    assertThat(page.locator(".tail")).hasText("live");
    assertThat(console.rows()).hasCount(12);
    List<String> ids = console.rows().locator(".id").allTextContents();
    List<String> expected =
        IntStream.range(0, 12)
            .mapToObj(i -> i < 7 ? "after-" + (6 - i) : "before-" + (11 - i))
            .toList();
    assertThat(ids).isEqualTo(expected);
  }

  @Test
  void a_network_that_is_away_is_said_to_be_and_taken_up_again() throws IOException {
    Console console = Console.signedIn(page, consumer);
    console.awaitLive();
    send("before-", 2);
    assertThat(console.rows()).hasCount(2);

    page.context().setOffline(true);
    assertThat(page.locator(".tail")).hasText("the stream broke off; reconnecting …");
    console.row("before-1").click();
    assertThat(console.detail()).containsText("The service cannot be reached.");
    send("meanwhile-", 3);
    page.context().setOffline(false);

    assertThat(page.locator(".tail")).hasText("live");
    console.button("Try again").click();
    assertThat(console.detail()).containsText("place");
    console.button("3 new").click();
    assertThat(console.rows()).hasCount(5);
  }

  private void send(String prefix, int number) {
    try (Sender sender = new Sender(consumer)) {
      for (int i = 0; i < number; i++) {
        sender.event(prefix + i, "restart", "p");
      }
    }
  }

  @Test
  void a_hundred_thousand_stored_events_are_scrolled_through() {
    try (Sender sender = new Sender(consumer)) {
      sender.events("stored-", MANY, "mass");
    }
    Console console = Console.signedIn(page, consumer);
    assertThat(console.row("stored-99999")).isVisible();

    page.waitForCondition(
        () -> {
          page.evaluate("document.querySelector('.rows').scrollTop = 1e9");
          return console.button("Back to the newest").isVisible();
        },
        new Page.WaitForConditionOptions().setTimeout(60_000));
    assertThat(console.rows().count()).isLessThan(100);
    assertThat(heap()).isLessThan(MOST_HEAP_BYTES);
    console.button("Back to the newest").click();
    assertThat(console.row("stored-99999")).isVisible();
  }

  @Test
  void a_hundred_thousand_events_that_arrive_leave_it_usable() {
    Console console = Console.signedIn(page, consumer);
    console.awaitLive();
    try (Sender sender = new Sender(consumer)) {
      sender.events("fast-", MANY, "mass");
      assertThat(console.row("fast-99999")).isVisible();

      console.row("fast-99999").click();
      assertThat(console.detail()).containsText("fast-99999");
      sender.events("more-", 1_234, "mass");
      assertThat(console.button("1,234 new")).isVisible();
    }
    assertThat(console.rows().count()).isLessThan(100);
    assertThat(heap()).isLessThan(MOST_HEAP_BYTES);
    assertThat(browser.complaints()).isEmpty();
  }

  private long heap() {
    page.requestGC();
    return ((Number) page.evaluate("performance.memory.usedJSHeapSize")).longValue();
  }
}
