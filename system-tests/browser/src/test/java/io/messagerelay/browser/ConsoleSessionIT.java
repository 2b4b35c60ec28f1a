package io.messagerelay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Coming and going. */
final class ConsoleSessionIT {
  @TempDir private static Path folder;
  private static RunningConsumer consumer;
  private final List<String> logins = new CopyOnWriteArrayList<>();
  private BrowserPage browser;
  private Page page;

  @BeforeAll
  static void start() throws IOException {
    consumer =
        RunningConsumer.startIn(
            folder, RunningConsumer.freePort(), Map.of("ACCESS_TOKEN_EXPIRE_MINUTES", "0.1"));
    try (Sender sender = new Sender(consumer)) {
      sender.event("first", "order.created", "the first");
    }
  }

  @AfterAll
  static void stop() {
    consumer.close();
  }

  @BeforeEach
  void open() {
    browser = BrowserPage.open();
    page = browser.page();
    page.onRequest(this::note);
  }

  private void note(Request request) {
    if (request.url().endsWith("/token")) {
      logins.add(request.postData().replaceFirst(".*grant_type=([a-z_]*).*", "$1"));
    }
  }

  @AfterEach
  void close() throws IOException {
    browser.keepPicture("session-end");
    browser.close();
  }

  @Test
  void the_right_password_opens_the_events() throws IOException {
    Console console = new Console(page, consumer);
    console.open("");
    assertThat(page.getByLabel("Account")).isFocused();
    browser.keepPicture("sign-in");

    console.signIn(RunningConsumer.PASSWORD);

    assertThat(console.row("first")).isVisible();
    assertThat(page).hasTitle("Events – event-consumer");
    assertThat(page.locator(".account .name")).hasText(RunningConsumer.ACCOUNT);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_wrong_password_is_said_to_be_wrong() {
    Console console = new Console(page, consumer);
    console.open("");

    console.signIn("wrong");
    assertThat(page.getByRole(AriaRole.ALERT)).hasText("Wrong name or password.");
    assertThat(page.locator("header.top")).hasCount(0);

    console.signIn(RunningConsumer.PASSWORD);
    assertThat(console.row("first")).isVisible();
  }

  /** A token lives six seconds here. */
  @Test
  void the_session_outlives_its_tokens() {
    Console console = Console.signedIn(page, consumer);

    page.waitForCondition(
        () -> logins.stream().filter("refresh_token"::equals).count() >= 2,
        new Page.WaitForConditionOptions().setTimeout(30_000));
    console.search("key:none");

    assertThat(page.getByText("No event matches")).isVisible();
    assertThat(logins).startsWith("password", "refresh_token", "refresh_token");
  }

  @Test
  void a_session_that_cannot_be_renewed_ends_with_words() {
    Console.signedIn(page, consumer);
    page.route(
        "**/token",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(400)
                    .setContentType("application/json")
                    .setBody(
                        "{\"error\":\"invalid_grant\",\"error_description\":\"it is spent\"}")));

    assertThat(page.getByLabel("Password")).isVisible();
    assertThat(page.locator(".sign-in .problem"))
        .hasText("The session could not be renewed (400: it is spent). Please sign in again.");
  }

  @Test
  void nothing_of_a_session_outlives_the_page_or_signing_out() {
    Console console = Console.signedIn(page, consumer);

    assertThat(page.evaluate("localStorage.length + sessionStorage.length")).isEqualTo(0);
    assertThat((String) page.evaluate("document.cookie")).isEmpty();
    console.button("Sign out").click();
    assertThat(page.locator(".sign-in .problem")).hasText("You are signed out.");

    console.signIn(RunningConsumer.PASSWORD);
    assertThat(console.row("first")).isVisible();
    page.reload();
    assertThat(page.getByLabel("Password")).isVisible();
  }
}
