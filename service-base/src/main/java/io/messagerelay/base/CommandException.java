package io.messagerelay.base;

import java.util.List;

/**
 * Ends a command for something a person can put right. Its lines are all that is shown, without a
 * stack trace; its code is the process's.
 */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  /**
   * @param exitCode one of {@link ExitCodes}
   * @param message names what, the value, the limit and the next step
   */
  public CommandException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** Settings that are wrong: a line for each, and {@link ExitCodes#CONFIG}. */
  public static CommandException settings(List<String> problems) {
    return new CommandException(ExitCodes.CONFIG, String.join(System.lineSeparator(), problems));
  }

  public int exitCode() {
    return exitCode;
  }
}
