package io.messagerelay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever may send events may not run anything in the browser of who looks at them. */
final class ConsoleHostileIT {
  private static final List<String> HOSTILE =
      List.of(
          "<img src=x onerror=alert(1)>",
          "<script>alert(2)</script>",
          "\"><svg onload=alert(3)>",
          "javascript:alert(4)",
          "${alert(5)} {{alert(5)}} <!--",
          "</pre></bdi><iframe srcdoc='<script>alert(6)</script>'>");

  @TempDir private Path folder;
  private RunningConsumer consumer;
  private BrowserPage browser;
  private Page page;

  @BeforeEach
  void open() throws IOException {
    consumer = RunningConsumer.startIn(folder);
    browser = BrowserPage.open();
    page = browser.page();
    page.addInitScript(
        "addEventListener('securitypolicyviolation', e => console.error('policy ' + e.blockedURI))");
  }

  @AfterEach
  void close() throws IOException {
    browser.keepPicture("hostile-end");
    browser.close();
    consumer.close();
  }

  @Test
  void markup_and_scripts_are_text_everywhere() {
    try (Sender sender = new Sender(consumer)) {
      for (int i = 0; i < HOSTILE.size(); i++) {
        String text = HOSTILE.get(i);
        sender.event("text-" + i, text, text);
        sender.event(text, "hostile", "{\"%1$s\": [\"%1$s\"]}".formatted(text.replace("\"", "'")));
        sender.send("{\"" + text.replace("\"", "'") + "\": 1}");
      }
    }
    Console console = Console.signedIn(page, consumer);
    for (int i = 0; i < HOSTILE.size(); i++) {
      String text = HOSTILE.get(i);
      page.navigate(consumer.url() + "/#/events?event=text-" + i);
      assertThat(console.detail().locator("pre")).hasText(text);
      assertThat(console.detail().locator("h2").first()).hasText(text);
      page.navigate(consumer.url() + "/#/events?event=" + Console.encoded(text));
      assertThat(console.detail().locator("json-tree .string"))
          .containsText(text.replace("\"", "'"));
      console.search('"' + text.replace("\"", "\\\"") + '"');
    }
    console.view("Refused");
    assertThat(page.locator(".refusals")).containsText("<script>alert(2)</script>");
    console.view("Overview");
    assertThat(page.getByText("Last 24 hours")).isVisible();
    assertThat(page.locator("tbody")).containsText("<script>alert(2)</script>");

    assertThat(page.locator("main img, main script, main iframe, main svg")).hasCount(0);
    assertThat(browser.complaints()).noneMatch(text -> !text.contains("status of 404"));
  }

  @Test
  void signs_that_turn_or_hide_text_are_shown_as_such() {
    try (Sender sender = new Sender(consumer)) {
      sender.event("rtl\u202egpj", "type\u202e", "before \u202e after \u0000 \u200f end");
    }
    Console console = Console.signedIn(page, consumer);

    assertThat(console.rows().first()).containsText("rtl\\u202egpj");
    console.rows().first().click();
    assertThat(console.detail().locator("pre")).hasText("before \\u202e after \\u0000 \\u200f end");
    assertThat(console.detail().locator("h2").first()).hasText("type\\u202e");
  }

  @Test
  void a_text_of_200_kib_is_shown_in_parts_and_whole() {
    String text = "x".repeat(200 * 1024);
    try (Sender sender = new Sender(consumer)) {
      sender.event("long", "long", text);
      sender.event("long-json", "long", "{\"text\": \"" + text + "\"}");
    }
    Console console = Console.signedInAt(page, consumer, "#/events?event=long");
    assertThat(console.row("long-json")).isVisible();
    console.button("184,800 more characters").click();
    assertThat(console.detail().locator("pre")).hasText(text);

    page.navigate(consumer.url() + "/#/events?event=long-json");
    console.button("202,800 more characters").click();
    assertThat(console.detail().locator(".string")).hasText('"' + text + '"');
    assertThat((int) page.evaluate("document.documentElement.scrollWidth")).isEqualTo(1280);
    assertThat(browser.complaints()).isEmpty();
  }
}
