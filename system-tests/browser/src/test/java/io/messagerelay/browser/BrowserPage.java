package io.messagerelay.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A page in the Chromium or Chrome of this machine, and what it complains of. */
final class BrowserPage implements AutoCloseable {
  private static final List<Path> BROWSERS =
      List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/google-chrome"));

  /** A machine that is busy with other things is slow, not wrong. */
  private static final double PATIENCE_MILLIS = 20_000;

  private final Playwright playwright;
  private final Page page;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  private BrowserPage(Playwright playwright, Page page) {
    this.playwright = playwright;
    this.page = page;
  }

  static BrowserPage open() {
    return open(new Browser.NewContextOptions().setViewportSize(1280, 800));
  }

  static BrowserPage open(Browser.NewContextOptions options) {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    Playwright playwright = Playwright.create();
    Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(installed())
                    .setArgs(List.of("--no-sandbox", "--disable-background-networking")));
    BrowserContext context = browser.newContext(options);
    var opened = new BrowserPage(playwright, context.newPage());
    opened.listen();
    return opened;
  }

  private static Path installed() {
    return BROWSERS.stream()
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("none of " + BROWSERS + "; install one"));
  }

  /** What it breaks of its Content-Security-Policy is an error on its console, too. */
  private void listen() {
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
    page.onDialog(
        dialog -> {
          complaints.add("dialog: " + dialog.message());
          dialog.dismiss();
        });
  }

  Page page() {
    return page;
  }

  /** Errors of scripts, resources and policies, and dialogs that opened. */
  List<String> complaints() {
    return complaints;
  }

  void keepPicture(String name) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "pictures"));
    page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + ".png")));
  }

  @Override
  public void close() {
    playwright.close();
  }
}
