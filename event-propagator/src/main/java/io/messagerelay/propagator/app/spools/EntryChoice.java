package io.messagerelay.propagator.app.spools;

import io.messagerelay.propagator.spool.Selection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that select entries, the same for every command. */
final class EntryChoice {
  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "The event of this id, or SPOOL:NUMBER as list prints it; may be repeated.")
  private List<String> ids = List.of();

  @Option(names = "--type", paramLabel = "TYPE", description = "Events of this type.")
  private @Nullable String type;

  @Option(names = "--source", paramLabel = "SOURCE", description = "What this source gave.")
  private @Nullable String source;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = Moment.Converter.class,
      description = "Since then: 2026-03-01T08:00:00Z, or 2h for two hours ago.")
  private @Nullable Moment since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = Moment.Converter.class,
      description = "Before then.")
  private @Nullable Moment until;

  @Option(names = "--all", description = "All of them.")
  private boolean all;

  Set<String> ids() {
    return Set.copyOf(ids);
  }

  /**
   * A change has to be told what it is about, and "all" is no part of an answer.
   *
   * @param more whether the command's own options select something
   */
  void requireOne(CommandSpec spec, boolean more) {
    boolean some =
        more || !ids.isEmpty() || type != null || source != null || since != null || until != null;
    if (some == all) {
      throw new ParameterException(
          spec.commandLine(),
          all
              ? "--all selects everything; give no other selection"
              : "nothing is selected; give --id, another selection, or --all");
    }
  }

  /** What is meant in one spool. */
  Selection of(NamedSpool spool, Optional<String> reason, Instant now) {
    Selection named = EntryNames.in(spool, ids());
    return new Selection(
        named.ids(),
        named.seqs(),
        reason,
        Optional.ofNullable(type),
        Optional.ofNullable(source),
        Optional.ofNullable(since).map(moment -> moment.from(now)),
        Optional.ofNullable(until).map(moment -> moment.from(now)));
  }
}
