package io.messagerelay.base;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code completion} of every process. */
@Command(
    name = "completion",
    description = {
      "Prints a script with which bash and zsh complete this command:",
      "source <(${ROOT-COMMAND-NAME} completion)"
    },
    mixinStandardHelpOptions = true)
public final class CompletionCommand implements Runnable {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    CommandLine root = spec.root().commandLine();
    root.getOut().print(AutoComplete.bash(root.getCommandName(), root));
    root.getOut().flush();
  }
}
