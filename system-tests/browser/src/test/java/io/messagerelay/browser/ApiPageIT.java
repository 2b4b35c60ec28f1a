package io.messagerelay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API page: a person authorizes with the password, sends an event and reads it back. */
final class ApiPageIT {
  private static final List<Path> BROWSERS =
      List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/google-chrome"));

  private final List<String> complaints = new ArrayList<>();
  private RunningConsumer consumer;
  private Playwright playwright;
  private Page page;

  @BeforeEach
  void openTheFirstPage(@TempDir Path folder) throws IOException {
    consumer = RunningConsumer.startIn(folder);
    playwright = Playwright.create();
    Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(installed())
                    .setArgs(List.of("--no-sandbox", "--disable-background-networking")));
    page = browser.newPage(new Browser.NewPageOptions().setViewportSize(1280, 1600));
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
    page.navigate(consumer.url() + "/");
  }

  @AfterEach
  void close() throws IOException {
    keepPicture("end");
    playwright.close();
    consumer.close();
  }

  @Test
  void root_leads_to_the_api_page() throws IOException {
    assertThat(page.locator(".opblock").first()).isVisible();
    keepPicture("api-page");

    assertThat(page.url()).startsWith(consumer.url() + "/docs");
    assertThat(complaints).isEmpty();
  }

  @Test
  void an_event_is_sent_and_read_back_after_authorizing_with_the_password() throws IOException {
    authorize(RunningConsumer.PASSWORD);
    assertThat(page.locator(".auth-container")).containsText("Authorized");
    page.locator(".auth-btn-wrapper .btn-done").click();

    assertThat(execute("post", "/event")).containsText("201");
    assertThat(execute("get", "/event")).containsText("200");
    assertThat(execute("get", "/event")).containsText("event_id");
    keepPicture("event-sent");
    assertThat(complaints).isEmpty();
  }

  @Test
  void a_wrong_password_is_said_to_be_wrong() throws IOException {
    authorize("wrong");

    assertThat(page.locator(".auth-container .errors")).isVisible();
    keepPicture("wrong-password");
  }

  private static Path installed() {
    return BROWSERS.stream()
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("none of " + BROWSERS + "; install one"));
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

  private void keepPicture(String name) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "pictures"));
    page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + ".png")));
  }
}
