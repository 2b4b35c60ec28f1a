package io.messagerelay.base;

import java.io.Console;

/** How log lines look: the values of {@code LOG_FORMAT}. */
public enum LogFormat {
  /** Text on a terminal, JSON otherwise. */
  AUTO,
  TEXT,
  JSON;

  /** {@link #TEXT} or {@link #JSON}, by whether a person looks at this process. */
  @SuppressWarnings("SystemConsoleNull") // null again since JDK 25 where there is no terminal
  public LogFormat resolved() {
    Console console = System.console();
    return resolved(console != null && console.isTerminal());
  }

  LogFormat resolved(boolean onTerminal) {
    return switch (this) {
      case AUTO -> onTerminal ? TEXT : JSON;
      case TEXT, JSON -> this;
    };
  }
}
