package io.messagerelay.consumer.app;

import io.messagerelay.base.Commands;
import io.messagerelay.base.CompletionCommand;
import io.messagerelay.base.Version;
import io.messagerelay.base.VersionCommand;
import io.messagerelay.consumer.app.events.ExportCommand;
import io.messagerelay.consumer.app.events.ImportCommand;
import io.messagerelay.consumer.app.events.ListCommand;
import io.messagerelay.consumer.app.events.ShowCommand;
import io.messagerelay.consumer.app.events.TailCommand;
import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine.Command;

/** The command {@code event-consumer}: issues tokens, stores events and shows them. */
@QuarkusMain
@Command(
    name = "event-consumer",
    description = "Takes events over HTTP and stores each one once.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      RunCommand.class,
      CheckCommand.class,
      CheckSchemasCommand.class,
      StatusCommand.class,
      ListCommand.class,
      ShowCommand.class,
      TailCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      NewIdentityCommand.class,
      RetentionCommand.class,
      CompletionCommand.class,
      VersionCommand.class,
      TrainCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = "%nSettings come from the environment and .env; docs/settings.md lists them.")
public final class Main {
  private Main() {}

  public static void main(String... arguments) {
    System.exit(execute(arguments));
  }

  /** Returns one of {@link io.messagerelay.base.ExitCodes}. */
  static int execute(String... arguments) {
    return Commands.lineOf(new Main()).execute(arguments);
  }
}
