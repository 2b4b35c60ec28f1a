package io.messagerelay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API page: a person authorizes with the password, sends an event and reads it back. */
final class ApiPageIT {
  private RunningConsumer consumer;
  private BrowserPage browser;
  private Page page;

  @BeforeEach
  void openThePage(@TempDir Path folder) throws IOException {
    consumer = RunningConsumer.startIn(folder);
    browser = BrowserPage.open(new Browser.NewContextOptions().setViewportSize(1280, 1600));
    page = browser.page();
    page.navigate(consumer.url() + "/docs");
  }

  @AfterEach
  void close() throws IOException {
    browser.keepPicture("end");
    browser.close();
    consumer.close();
  }

  @Test
  void the_page_shows_every_operation() throws IOException {
    assertThat(page.locator(".opblock").first()).isVisible();
    browser.keepPicture("api-page");

    assertThat(page.locator(".opblock").count()).isGreaterThan(8);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void an_event_is_sent_and_read_back_after_authorizing_with_the_password() throws IOException {
    authorize(RunningConsumer.PASSWORD);
    assertThat(page.locator(".auth-container")).containsText("Authorized");
    page.locator(".auth-btn-wrapper .btn-done").click();

    assertThat(execute("post", "/event")).containsText("201");
    assertThat(execute("get", "/event")).containsText("200");
    assertThat(execute("get", "/event")).containsText("event_id");
    browser.keepPicture("event-sent");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_wrong_password_is_said_to_be_wrong() throws IOException {
    authorize("wrong");

    assertThat(page.locator(".auth-container .errors")).isVisible();
    browser.keepPicture("wrong-password");
  }

  private void authorize(String password) {
    page.locator(".btn.authorize").click();
    page.locator("#oauth_username").fill(RunningConsumer.ACCOUNT);
    page.locator("#oauth_password").fill(password);
    page.locator(".auth-btn-wrapper .authorize").first().click();
  }

  /** Tries an operation out with what the page fills in; gives the live answer. */
  private Locator execute(String method, String path) {
    Locator operation =
        page.locator(".opblock-" + method)
            .filter(
                new Locator.FilterOptions()
                    .setHas(page.locator("[data-path='%s']".formatted(path))));
    if (operation.locator(".try-out__btn").count() == 0) {
      operation.locator(".opblock-summary-control").click();
      operation.locator(".try-out__btn").click();
    }
    operation.locator(".btn.execute").click();
    return operation.locator(".live-responses-table");
  }
}
