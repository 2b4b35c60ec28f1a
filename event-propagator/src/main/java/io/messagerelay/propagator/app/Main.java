package io.messagerelay.propagator.app;

import io.messagerelay.base.Commands;
import io.messagerelay.base.CompletionCommand;
import io.messagerelay.base.Version;
import io.messagerelay.base.VersionCommand;
import io.messagerelay.propagator.app.spools.DeadLettersCommand;
import picocli.CommandLine.Command;

/** The command {@code event-propagator}: takes events and relays them to an event-consumer. */
@Command(
    name = "event-propagator",
    description = "Takes JSON events and relays each one to an event-consumer.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      RunCommand.class,
      ReplayCommand.class,
      FollowCommand.class,
      CheckCommand.class,
      StatusCommand.class,
      DeadLettersCommand.class,
      SpoolCommand.class,
      LogLevelCommand.class,
      CompletionCommand.class,
      VersionCommand.class,
      TrainCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = "%nSettings come from the environment and .env; docs/settings.md lists them.")
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  /** Returns one of {@link io.messagerelay.base.ExitCodes}. */
  static int execute(String... arguments) {
    return Commands.lineOf(new Main()).execute(arguments);
  }
}
