package io.messagerelay.propagator.app.spools;

import io.messagerelay.propagator.spool.Selection;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Which waiting events; since and until are about when they were taken. */
final class PendingChoice {
  @Mixin private EntryChoice entries = new EntryChoice();

  @Option(
      names = "--older-than",
      paramLabel = "SPAN",
      converter = Moment.Converter.class,
      description = "Events that were taken longer ago: 30s, 10m, 2h or 7d.")
  private @Nullable Moment olderThan;

  Set<String> ids() {
    return entries.ids();
  }

  void requireOne(CommandSpec spec) {
    entries.requireOne(spec, olderThan != null);
  }

  Selection of(NamedSpool spool, Instant now) {
    Selection wanted = entries.of(spool, Optional.empty(), now);
    return olderThan == null ? wanted : wanted.until(olderThan.from(now));
  }
}
