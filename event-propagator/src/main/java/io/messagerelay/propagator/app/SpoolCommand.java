package io.messagerelay.propagator.app;

import io.messagerelay.propagator.app.spools.BackUpSpools;
import io.messagerelay.propagator.app.spools.BuryPending;
import io.messagerelay.propagator.app.spools.ListPending;
import io.messagerelay.propagator.app.spools.RestoreSpools;
import io.messagerelay.propagator.app.spools.ShowPending;
import io.messagerelay.propagator.app.spools.VerifySpools;
import picocli.CommandLine.Command;

/** {@code event-propagator spool}: what waits for delivery, and whether the spool is sound. */
@Command(
    name = "spool",
    description = "Looks at the events that wait for delivery, and at the spools themselves.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ListPending.class,
      ShowPending.class,
      BuryPending.class,
      VerifySpools.class,
      BackUpSpools.class,
      RestoreSpools.class,
      DrainCommand.class
    },
    synopsisSubcommandLabel = "COMMAND")
final class SpoolCommand {}
