package io.messagerelay.base;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** How the commands of all our processes behave when something goes wrong. */
public final class Commands {
  private Commands() {}

  /**
   * A command line over {@code command}, the object of a class with picocli's annotations. {@code
   * execute} returns one of {@link ExitCodes} and never throws: a {@link CommandException} is its
   * lines and its code, anything else a fault of ours, with its stack trace.
   */
  public static CommandLine lineOf(Object command) {
    return new CommandLine(command)
        .setParameterExceptionHandler((wrong, arguments) -> mistyped(wrong))
        .setExecutionExceptionHandler((failure, line, parsed) -> failed(failure, line));
  }

  private static int mistyped(ParameterException wrong) {
    CommandLine line = wrong.getCommandLine();
    String name = line.getCommandSpec().qualifiedName();
    line.getErr().println(name + ": " + wrong.getMessage() + "; see " + name + " --help");
    return ExitCodes.USAGE;
  }

  private static int failed(Exception failure, CommandLine line) {
    if (failure instanceof CommandException told) {
      line.getErr().println(told.getMessage());
      return told.exitCode();
    }
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return ExitCodes.INTERRUPTED;
    }
    line.getErr().println("a fault of this program; please report it with what follows");
    failure.printStackTrace(line.getErr());
    return ExitCodes.SOFTWARE;
  }
}
