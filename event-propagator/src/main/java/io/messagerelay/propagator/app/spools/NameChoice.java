package io.messagerelay.propagator.app.spools;

import io.messagerelay.propagator.spool.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Which entries, by their names alone. */
final class NameChoice {
  @Parameters(
      arity = "0..*",
      paramLabel = "ID",
      description = "The event's id, or SPOOL:NUMBER as list prints it.")
  private List<String> named = List.of();

  @Option(names = "--id", paramLabel = "ID", description = "The same; may be repeated.")
  private List<String> ids = List.of();

  Set<String> ids() {
    var all = new ArrayList<>(named);
    all.addAll(ids);
    return Set.copyOf(all);
  }

  void requireOne(CommandSpec spec) {
    if (ids().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "nothing is named; give an ID, or SPOOL:NUMBER as list prints it");
    }
  }

  Selection of(NamedSpool spool) {
    return EntryNames.in(spool, ids());
  }
}
