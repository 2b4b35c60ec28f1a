package io.messagerelay.propagator.app;

import java.io.Console;

/** Whether a person looks at this process. */
final class Terminal {
  private Terminal() {}

  @SuppressWarnings("SystemConsoleNull") // null again since JDK 25 where there is no terminal
  static boolean isThere() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
