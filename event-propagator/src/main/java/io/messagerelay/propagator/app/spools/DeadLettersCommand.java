package io.messagerelay.propagator.app.spools;

import picocli.CommandLine.Command;

/** {@code event-propagator dead-letters}: what was refused, and what becomes of it. */
@Command(
    name = "dead-letters",
    description = "Looks at dead letters, sends them again or throws them away.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ListLetters.class,
      ShowLetter.class,
      ResendLetters.class,
      DiscardLetters.class,
      ExportLetters.class
    },
    synopsisSubcommandLabel = "COMMAND")
public final class DeadLettersCommand {}
