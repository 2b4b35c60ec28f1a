package io.messagerelay.base;

import java.io.Console;

/** Whether a person looks at this process. */
public final class Terminal {
  private Terminal() {}

  @SuppressWarnings("SystemConsoleNull") // null again since JDK 25 where there is no terminal
  public static boolean isThere() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
