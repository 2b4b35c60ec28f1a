package io.messagerelay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** What a person does with the console. */
final class Console {
  private final Page page;
  private final RunningConsumer consumer;

  Console(Page page, RunningConsumer consumer) {
    this.page = page;
    this.consumer = consumer;
  }

  /** Opens it and signs in. */
  static Console signedIn(Page page, RunningConsumer consumer) {
    return signedInAt(page, consumer, "");
  }

  /**
   * @param fragment of the address, with its #
   */
  static Console signedInAt(Page page, RunningConsumer consumer, String fragment) {
    var console = new Console(page, consumer);
    console.open(fragment);
    console.signIn(RunningConsumer.PASSWORD);
    assertThat(page.locator("header.top")).isVisible();
    return console;
  }

  void open(String fragment) {
    page.navigate(consumer.url() + "/" + fragment);
  }

  void signIn(String password) {
    page.getByLabel("Account").fill(RunningConsumer.ACCOUNT);
    page.getByLabel("Password").fill(password);
    button("Sign in").click();
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  void view(String name) {
    page.getByRole(AriaRole.NAVIGATION).getByText(name).click();
  }

  /** The rows that are in the page; there may be more in the list. */
  Locator rows() {
    return page.locator("event-list .row");
  }

  Locator row(String text) {
    return rows().filter(new Locator.FilterOptions().setHasText(text));
  }

  void search(String text) {
    page.getByLabel("Search events").fill(text);
    page.getByLabel("Search events").press("Enter");
  }

  Locator detail() {
    return page.locator("event-detail .detail");
  }

  /** Waits until what is stored from now on arrives by itself. */
  void awaitLive() {
    assertThat(page.locator(".tail")).hasText("live");
  }

  /** As it stands in an address. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
