package io.messagerelay.propagator.app.spools;

import io.messagerelay.propagator.spool.Selection;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Which dead letters; since and until are about when they died. */
final class LetterChoice {
  @Mixin private EntryChoice entries = new EntryChoice();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Dead letters with this in their status and reason, as list prints them.")
  private @Nullable String reason;

  Set<String> ids() {
    return entries.ids();
  }

  void requireOne(CommandSpec spec) {
    entries.requireOne(spec, reason != null);
  }

  Selection of(NamedSpool spool, Instant now) {
    return entries.of(spool, Optional.ofNullable(reason), now);
  }
}
