package io.messagerelay.system;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives each test an installation of its own. When the test fails, what its processes said last is
 * shown and the folder stays.
 */
final class Site implements BeforeEachCallback, AfterEachCallback {
  private static final int LINES_SHOWN = 60;

  private @Nullable Installation installation;

  @Override
  public void beforeEach(ExtensionContext context) {
    installation = Installation.create(Checkout.find());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Installation used = get();
    used.close();
    if (context.getExecutionException().isPresent()) {
      used.children().forEach(Site::show);
    } else {
      used.delete();
    }
  }

  Installation get() {
    return Objects.requireNonNull(installation);
  }

  private static void show(Child child) {
    var lines = child.lines();
    System.err.println("--- " + child.log());
    lines
        .subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size())
        .forEach(System.err::println);
  }
}
